import Testing
import YAML

/// Block texts whose first line begins with a tab. libyaml alone refuses them.
struct BlockTextTests {
  private func texts(_ source: String) throws -> [String] {
    try parse(Source(name: "test", bytes: Array(source.utf8))).root.entries?.compactMap(\.value.text) ?? []
  }

  @Test(arguments: [
    ("a: |\n  \tx\n  y\n", "\tx\ny\n"), ("a: |\n  \tx\n  \ty\n", "\tx\n\ty\n"), ("a: |-\n  \tx\n", "\tx"),
    ("a: |+\n \tx\n\n", "\tx\n\n"), ("a: | # why\n    \tx\n", "\tx\n"), ("a: |\n\n\n  \tx\n", "\n\n\tx\n"),
    ("a: >\n  \tx\n  y\n  z\n", "\tx\ny z\n"), ("a: |\r\n  \tx\r\n", "\tx\n"), ("\u{feff}a: |\n  \tx\n", "\tx\n"),
  ])
  func beginWithATab(source: String, text: String) throws {
    #expect(try texts(source) == [text])
  }

  @Test func insideOfOtherThings() throws {
    let source = "a:\n  - b: |\n      \tone\n    c: &x |\n     \ttwo\n  - |\n   \tthree\n"
    let root = try parse(Source(name: "test", bytes: Array(source.utf8))).root
    let list = try #require(root["a"]?.sequence)
    #expect(list[0]["b"]?.text == "\tone\n")
    #expect(list[0]["c"]?.text == "\ttwo\n")
    #expect(list[1].text == "\tthree\n")
  }

  /// Marks are those of the file.
  @Test func nothingMoves() throws {
    let source = Source(name: "test", bytes: Array("a: |\n  \tx\nb: &n [1, 2] # more\nc: *m\n".utf8))
    let document = try parse(source)
    #expect(document.root["b"]?.span.start == Mark(line: 3, column: 4))
    #expect(document.problems.map(\.span?.start) == [Mark(line: 4, column: 4)])
    #expect(document.root["a"]?.span.start == Mark(line: 1, column: 4))
  }

  /// A tab can't be the indentation itself.
  @Test(arguments: ["a: |\n\tx\n", "a:\n  b: |\n  \tx\n"]) func aTabThatIndents(source: String) {
    #expect(throws: ParseFailure.self) { try texts(source) }
  }

  /// Each repair reads the text again; there is an end to that.
  @Test func manyOfThemEnd() throws {
    let few = (0..<50).map { "k\($0): |\n  \t\($0)\n" }.joined()
    #expect(try texts(few) == (0..<50).map { "\t\($0)\n" })
    let many = (0..<100_000).map { "k\($0): |\n  \t\($0)\n" }.joined()
    #expect(throws: ParseFailure.self) { try texts(many) }
  }
}
