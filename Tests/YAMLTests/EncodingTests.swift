import MarkedText
import Testing
import YAML

@Suite struct EncodingTests {
  @Test(
    arguments: [
      ("a lone continuation byte", [0x80]), ("a start without its end", [0xC3]), ("an overlong slash", [0xC0, 0xAF]),
      ("an overlong euro", [0xF0, 0x82, 0x82, 0xAC]), ("a surrogate", [0xED, 0xA0, 0x80]),
      ("beyond U+10FFFF", [0xF4, 0x90, 0x80, 0x80]), ("0xFF", [0xFF]), ("five bytes", [0xF8, 0x88, 0x80, 0x80, 0x80]),
    ] as [(String, [UInt8])])
  func notUTF8(name: String, bad: [UInt8]) throws {
    let text = MarkedText("a: 1\r\né€: \"«?»\"\n")
    let bytes = text.text.utf8.flatMap { $0 == UInt8(ascii: "?") ? bad : [$0] }
    let problem = try #require(outcome(of: Source(name: "x", bytes: bytes)).problems.first)
    #expect(problem.message == "this byte is not UTF-8")
    #expect(problem.hint == "save the file as UTF-8")
    #expect([problem.span] == text.spans)
  }

  @Test(
    arguments: [
      ([0xFF, 0xFE, 0x61, 0], "UTF-16"), ([0xFE, 0xFF, 0, 0x61], "UTF-16"),
      ([0xFF, 0xFE, 0, 0, 0x61, 0, 0, 0], "UTF-32"), ([0, 0, 0xFE, 0xFF, 0, 0, 0, 0x61], "UTF-32"),
    ] as [([UInt8], String)])
  func otherByteOrderMarks(bytes: [UInt8], encoding: String) throws {
    let problem = try #require(outcome(of: Source(name: "x", bytes: bytes)).problems.first)
    #expect(problem.message == "this is \(encoding), not UTF-8")
    #expect(problem.hint == "save the file as UTF-8")
  }

  @Test(
    arguments: [
      "\0", "\u{1}", "\u{8}", "\u{B}", "\u{C}", "\u{E}", "\u{1B}", "\u{1F}", "\u{7F}", "\u{80}", "\u{84}", "\u{86}",
      "\u{9F}", "\u{FFFE}", "\u{FFFF}",
    ] as [Unicode.Scalar])
  func forbiddenCharacters(character: Unicode.Scalar) throws {
    let text = MarkedText("a: 1\né: '«\(character)»'\n")
    let outcome = outcome(of: text.source())
    let problem = try #require(outcome.problems.first)
    let digits = String(character.value, radix: 16, uppercase: true)
    let code = "U+" + String(repeating: "0", count: 4 - digits.count) + digits
    #expect(problem.message == "the character \(code) is not allowed in YAML")
    #expect(outcome.problems.map(\.span) == text.spans)
  }

  /// Were one of them let through by us and not by libyaml, there would be a problem.
  @Test(
    arguments: [
      "\t", "\u{20}", "\u{7E}", "\u{A0}", "\u{D7FF}", "\u{E000}", "\u{FFFD}", "\u{10000}", "\u{1FFFE}", "\u{10FFFF}",
      "\u{85}", "\u{FEFF}", "\u{FDF0}",
    ] as [Unicode.Scalar])
  func allowedCharacters(character: Unicode.Scalar) {
    #expect(outcome(of: "a: 'x\(character)x'\n").problems.map(\.message) == [])
  }

  @Test func byteOrderMarkAtTheStart() throws {
    let text = MarkedText("\u{FEFF}«a»: 1")
    let root = try #require(outcome(of: text.source()).root)
    #expect(root.entries?.map(\.key.span) == text.spans)
    #expect(root.entries?.first?.keyText == "a")
  }

  @Test func positionsAfterAByteOrderMark() {
    let text = MarkedText("\u{FEFF}a: b«:» c")
    #expect(outcome(of: text.source()).problems.map(\.span) == text.spans)
  }
}
