import Glibc
import Testing

@testable import OS

struct RunNoticeTests {
  private func names(_ notice: borrowing RunNotice) -> [String] { notice.others().map(\.name).sorted() }

  @Test func runsOfAGroupNoticeEachOther() throws {
    let group = "group \(getpid())"
    let first = RunNotice("größe: 1\n\u{1b}[31m", group: group)
    #expect(names(first) == [])
    let stranger = RunNotice("stranger", group: "\(group) of others")
    do {
      let second = RunNotice("second", group: group)
      #expect(names(first) == ["second"])
      #expect(second.others() == [RunNotice.Other(pid: getpid(), name: "größe: 1\n\u{1b}[31m")])
    }
    #expect(names(first) == [], "it ends with its run")
    #expect(names(stranger) == [])
  }

  /// A name that is too long is cut between two characters.
  @Test func longNamesFit() {
    let text = RunNotice.fitting("concrun-run:0:1:2:", String(repeating: "é", count: 200))
    #expect(text.utf8.count <= 107 && text.utf8.count > 101)
    let name = RunNotice.decoded(text.dropFirst("concrun-run:0:1:2:".count))
    #expect(!name.isEmpty && name.allSatisfy { $0 == "é" })
    let group = "long \(getpid())"
    let long = RunNotice(String(repeating: "x", count: 5000), group: group)
    let other = RunNotice("other", group: group)
    #expect(names(other).first?.hasPrefix("xxxx") == true)
    #expect(names(long) == ["other"])
  }

  @Test func whatIsNoNoticeIsPassedOver() {
    let table = """
      Num       RefCount Protocol Flags    Type St Inode Path
      0000000000000000: 00000002 00000000 00010000 0001 01 20 @concrun-run:g:12:a1:web%2fsite
      0000000000000000: 00000002 00000000 00010000 0001 01 21 @concrun-run:g:13:a2:own
      0000000000000000: 00000002 00000000 00010000 0001 01 22 @concrun-run:h:14:a3:stranger
      0000000000000000: 00000002 00000000 00010000 0001 01 23 @concrun-run:g:x:a3:bad
      0000000000000000: 00000002 00000000 00010000 0001 01 24 @concrun-run:g:-5:a3:bad
      0000000000000000: 00000002 00000000 00010000 0001 01 25 @concrun-run:g:5
      0000000000000000: 00000002 00000000 00010000 0001 01 26 @concrun-run:g:6:a4:50%
      0000000000000000: 00000002 00000000 00010000 0001 01 27 /tmp/concrun-run:g:7:a5:file
      0000000000000000: 00000003 00000000 00000000 0001 03 28
      """
    let others = RunNotice.notices(in: table, prefix: "concrun-run:g:", without: "concrun-run:g:13:a2:own")
    #expect(others == [RunNotice.Other(pid: 12, name: "web/site"), RunNotice.Other(pid: 6, name: "50%")])
  }
}
