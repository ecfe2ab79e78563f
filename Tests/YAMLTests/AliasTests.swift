import MarkedText
import Testing
import YAML

@Suite struct AliasTests {
  @Test(arguments: [
    ("a: &x [1]\nb: *x", "{a: [1], b: [1]}"),
    ("a: &x 1\nb: &x 2\nc: *x", "{a: 1, b: 2, c: 2}"),
    ("a: &x [&x 1]\nb: *x", "{a: [1], b: 1}"),
    ("- &x k\n- {*x : 1}", "[k, {k: 1}]"),
    ("- &x\n- *x", "[, ]"),
    ("- &x 'q'\n- *x", "['q', 'q']"),
  ])
  func standsForItsAnchor(text: String, expected: String) {
    let outcome = outcome(of: text)
    #expect(outline(outcome.root) == expected)
    #expect(outcome.problems.isEmpty)
  }

  @Test func hasItsOwnSpanButTheInnerOnesOfTheAnchor() throws {
    let text = MarkedText("a: &x [«1»]\nb: «*x»\n")
    let alias = try #require(outcome(of: text.source()).root?["b"])
    #expect([alias.sequence?.first?.span, alias.span] == text.spans)
  }

  @Test func sharesStorageWithItsAnchor() throws {
    let root = try #require(outcome(of: "a: &x [1, 2]\nb: *x").root)
    let addresses = try ["a", "b"].map { key in
      try #require(root[key]?.sequence).withUnsafeBufferPointer(\.baseAddress)
    }
    #expect(addresses[0] == addresses[1])
  }

  @Test(arguments: [
    ("a: «*x»\nb: 1", "undefined alias *x", "{a: , b: 1}"),
    ("a: «*x»\nb: &x 1", "undefined alias *x", "{a: , b: 1}"),
    ("- &x 1\n- «*X»", "undefined alias *X", "[1, ]"),
    ("\na: &x\n  b: «*x»", "alias *x stands inside its own anchor &x of line 2", "{a: {b: }}"),
    ("&x [[«*x»]]", "alias *x stands inside its own anchor &x of line 1", "[[]]"),
    ("a: &x [&y [«*x»], *y]", "alias *x stands inside its own anchor &x of line 1", "{a: [[], []]}"),
    ("a: {<<: «*x»}", "undefined alias *x", "{a: {}}"),
  ])
  func wrongAliases(marked: String, message: String, tree: String) {
    let text = MarkedText(marked)
    let outcome = outcome(of: text.source())
    #expect(outcome.problems.map(\.message) == [message])
    #expect(outcome.problems.map(\.span) == text.spans)
    #expect(outline(outcome.root) == tree)
  }
}
