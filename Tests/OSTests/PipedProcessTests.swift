import Glibc
import SystemPackage
import Testing
import Time
import TimeLiterals

@testable import OS

struct PipedProcessTests {
  private func shell(
    _ script: String, standardError: PipedProcess.StandardError = .kept
  ) throws -> PipedProcess {
    try PipedProcess(["sh", "-c", script], environment: ["PATH=/usr/bin:/bin"], standardError: standardError)
  }

  /// All that it says until it closes its output or ends; nothing here takes as long as a minute.
  private func hear(_ process: inout PipedProcess) throws -> (text: String, last: PipedProcess.Event) {
    var bytes: [UInt8] = []
    while true {
      switch try process.next(before: MonotonicClock.now() + minute) {
      case .output(let more): bytes += more
      case let last: return (String(decoding: bytes, as: UTF8.self), last)
      }
    }
  }

  private let minute = Nanoseconds.seconds(60)

  @Test func itAnswersUntilWeHangUp() throws {
    var process = try shell("while read line; do echo \"<$line>\"; done; echo bye")
    process.send(Array("one\n".utf8))
    #expect(try process.next(before: nil) == .output(Array("<one>\n".utf8)))
    process.send(Array("two\n".utf8))
    #expect(try process.next(before: nil) == .output(Array("<two>\n".utf8)))
    #expect(try process.next(before: MonotonicClock.now()) == .time, "it waits for us")
    process.hangUp()
    #expect(try hear(&process).text == "bye\n")
    #expect(try process.end(within: minute) == .exited(0))
  }

  @Test func aDeadlineComesAndSoDoesAnotherDescriptor() throws {
    var process = try shell("sleep 60")
    #expect(try process.next(before: MonotonicClock.now() + 1_000_000) == .time)
    let (read, write) = try Descriptor.pipe().split()
    let reading = Descriptor(owning: read)
    let writing = Descriptor(owning: write)
    #expect(try process.next(before: MonotonicClock.now() + 1_000_000, orUntil: reading.file) == .time)
    try writing.write([65])
    #expect(try process.next(before: nil, orUntil: reading.file) == .attention)
    #expect(try process.end(within: nil) == .signalled(SIGKILL))
  }

  @Test func patienceWithASleeperEnds() throws {
    var process = try shell("sleep 60")
    var patience = Patience(.milliseconds(300), with: process.pid)
    #expect(try process.next(within: &patience) == .time)
    #expect(try process.end(within: 200_000_000) == nil, "it had to be killed")
  }

  /// It writes more than a pipe holds, so it ends only if somebody reads.
  @Test func aFloodOfErrorsLeavesItsTail() throws {
    var process = try shell(
      "head -c 20000000 /dev/zero | tr '\\0' y >&2; echo done; read x; echo >&2; echo the end >&2; exit 3")
    #expect(try process.next(before: nil) == .output(Array("done\n".utf8)))
    #expect(process.errorTail.isCut)
    #expect(process.errorTail.text.count == 8 << 10)
    process.hangUp()
    #expect(try process.end(within: minute) == .exited(3))
    #expect(process.lastWords == "the end")
    #expect(process.errorTail.text.count == 8 << 10)
  }

  @Test func whatItWritesAtItsEndIsReadToo() throws {
    var process = try shell("read x; head -c 1000000 /dev/zero; head -c 1000000 /dev/zero >&2; exit 4")
    process.hangUp()
    #expect(try process.end(within: minute) == .exited(4))
  }

  @Test func lastWordsComeWithTheEnd() throws {
    var process = try shell("echo no luck >&2; echo >&2; exit 5")
    let (text, last) = try hear(&process)
    #expect(text == "")
    #expect(last == .closed || last == .ended)
    #expect(try process.end(within: minute) == .exited(5))
    #expect(process.lastWords == "no luck")
    var mute = try shell("echo no luck >&2", standardError: .discarded)
    #expect(try hear(&mute).text == "")
    #expect(try mute.end(within: minute) == .exited(0))
    #expect(mute.lastWords == nil)
  }

  @Test func oneThatClosesItsOutputMayLiveOn() throws {
    var process = try shell("echo last; exec >&-; read x; exit 6")
    let (text, last) = try hear(&process)
    #expect(text == "last\n")
    #expect(last == .closed)
    #expect(try process.next(before: nil) == .closed, "that remains so")
    process.hangUp()
    #expect(try process.end(within: minute) == .exited(6))
  }

  /// The pipes stay open, as what it left running has them.
  @Test func itsEndIsSeenAlthoughItsPipesAreOpen() throws {
    var process = try shell("sleep 60 & echo $!; exit 7")
    let (text, last) = try hear(&process)
    #expect(Int32(text.dropLast()) != nil)
    #expect(last == .ended)
    #expect(try process.end(within: minute) == .exited(7))
  }

  @Test func whatIsInItsGroupIsKilledWithIt() throws {
    var process = try shell("sleep 60 & echo $!; wait")
    guard case .output(let bytes) = try process.next(before: nil) else {
      Issue.record("it says nothing")
      return
    }
    let member = try #require(Int32(String(decoding: bytes, as: UTF8.self).dropLast()))
    #expect(kill(member, 0) == 0)
    #expect(try process.end(within: nil) == .signalled(SIGKILL))
    let deadline = MonotonicClock.now() + minute
    while isAlive(member), MonotonicClock.now() < deadline { usleep(1000) }
    #expect(!isAlive(member))
  }

  /// Nobody may have reaped it yet.
  private func isAlive(_ pid: Int32) -> Bool {
    guard let status = TextFile.text("/proc/\(pid)/status") else { return false }
    return !status.contains("\nState:\tZ") && !status.contains("\nState:\tX")
  }

  @Test func aProgramThatIsNotThere() {
    #expect(throws: SystemError("/no/such", .noSuchFileOrDirectory)) {
      _ = try PipedProcess(["/no/such"], environment: [], standardError: .kept)
    }
  }

  @Test func environmentsAreTexts() {
    #expect(environmentTexts(["B": "1=2", "A": ""]) == ["A=", "B=1=2"])
  }
}
