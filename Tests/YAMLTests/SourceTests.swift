import Testing
import YAML

@Suite struct SourceTests {
  @Test(arguments: [
    ("", [""]), ("a", ["a"]), ("a\n", ["a", ""]), ("a\nb", ["a", "b"]), ("\n\n", ["", "", ""]),
    ("a\r\nb\rc\n", ["a", "b", "c", ""]), ("a\u{85}b\u{2028}c\u{2029}d", ["a", "b", "c", "d"]),
    ("\u{FEFF}a\n\u{FEFF}b", ["a", "\u{FEFF}b"]), ("é€\u{2027}\n", ["é€\u{2027}", ""]), ("\r", ["", ""]),
  ])
  func lines(text: String, expected: [String]) {
    let source = Source(name: "s", bytes: Array(text.utf8))
    #expect((1...expected.count).map { source.line($0) } == expected)
    #expect(source.line(expected.count + 1) == nil)
    #expect(source.line(0) == nil)
    #expect(source.line(-1) == nil)
  }

  /// What libyaml counts as a line, `line` must, too.
  @Test(arguments: ["\n", "\r", "\r\n", "\u{85}", "\u{2028}", "\u{2029}"])
  func linesAgreeWithMarks(lineBreak: String) throws {
    let source = Source(name: "s", bytes: Array("# x\(lineBreak)a: 1".utf8))
    let span = try #require(outcome(of: source).root?["a"]?.span)
    #expect(span.start == Mark(line: 2, column: 4))
    #expect(source.line(2) == "a: 1")
  }

  @Test func brokenBytesAreReplaced() {
    #expect(Source(name: "s", bytes: [0x61, 0xFF, 0x62]).line(1) == "a\u{FFFD}b")
  }

  @Test func oneLineOfFourMebibytes() throws {
    let text = "[" + String(repeating: "x", count: (4 << 20) - 4) + "}}"
    let source = Source(name: "s", bytes: Array(text.utf8))
    let problem = try #require(outcome(of: source).problems.first)
    #expect(problem.span?.start == Mark(line: 1, column: (4 << 20) - 2))
    #expect(source.line(1)?.utf8.count == (4 << 20) - 1)
    #expect(source.line(2) == nil)
  }

  @Test func sourcesAreEqualByIdentity() {
    let source = Source(name: "s", bytes: [])
    #expect(source == source)
    #expect(source != Source(name: "s", bytes: []))
    #expect(Set([source, source]).count == 1)
  }
}
