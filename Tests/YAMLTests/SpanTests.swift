import MarkedText
import Testing
import YAML

@Suite struct SpanTests {
  /// The marks must be exactly the spans of the nodes that are no mappings or lists.
  @Test(arguments: [
    "«a»: «b»   # comment\n«c»: «x y» \t \n",
    "«a»:«»\n«b»: «''»\n",
    "- «é€😀»\n- «\"ü\"»\n",
    "{«é»: «e\u{301}», «b»: «1»}",
    "\u{FEFF}«a»: «b»",
    "«a»: «one\n  two»  \n\n  # comment\n«b»: «1»",
    "«a»: «|\n  text\n\n»«b»: «1»",
    "«a»: «&x !!str b»\n«c»: «*x»\n",
    "- «a»\t\n- «b»",
    "---\n«root»\n...\n",
  ])
  func scalars(marked: String) throws {
    let text = MarkedText(marked)
    let root = try #require(outcome(of: text.source()).root)
    #expect(allNodes(root).filter { $0.text != nil }.map(\.span) == text.spans)
  }

  @Test(arguments: [
    "«[a, b]»  # comment", "«{a: 1,\n b: 2}»\n", "«&x [a]»", "«!!map {a: 1}»", "«a: 1\nb: 2\n»", "\n\n  «- a\n  - b\n»",
  ])
  func collections(marked: String) throws {
    let text = MarkedText(marked)
    #expect(try [#require(outcome(of: text.source()).root).span] == text.spans)
  }

  @Test func innerBlockMappingEndsWhereTheNextKeyBegins() throws {
    let text = MarkedText("a:\n  «b: 1\n\n»c: 2\n")
    let root = try #require(outcome(of: text.source()).root)
    #expect([root["a"]?.span] == text.spans)
  }

  @Test func nodesNameTheirSource() throws {
    let source = Source(name: "x.yaml", bytes: Array("a: [b]".utf8))
    let root = try #require(outcome(of: source).root)
    #expect(allNodes(root).count == 4)
    #expect(allNodes(root).allSatisfy { $0.source === source })
  }

  @Test func marksAreOrderedByLineThenColumn() {
    #expect(Mark(line: 1, column: 9) < Mark(line: 2, column: 1))
    #expect(Mark(line: 2, column: 1) < Mark(line: 2, column: 2))
    #expect(!(Mark(line: 2, column: 2) < Mark(line: 2, column: 2)))
  }
}
