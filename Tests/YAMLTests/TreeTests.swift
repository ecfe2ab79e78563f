import MarkedText
import Testing
import YAML

@Suite struct TreeTests {
  @Test(arguments: [
    ("a: 1\nb: [x, 'y', \"z\"]", "{a: 1, b: [x, 'y', 'z']}"),
    ("- a\n-\n  - b\n- c: d", "[a, [b], {c: d}]"),
    ("no: yes\n1_000: 1e3", "{no: yes, 1_000: 1e3}"),
    ("a: |\n  one\n  two\nb: >\n  one\n  two", "{a: 'one\ntwo\n', b: 'one two'}"),
    ("a: \"\\u00e9\\0\\n\"", "{a: 'é\0\n'}"),
    ("{a, b: }", "{a: , b: }"),
    ("? a\n: b", "{a: b}"),
    ("plain", "plain"),
    ("[]", "[]"),
    ("%YAML 1.2\n---\na: 1\n...\n", "{a: 1}"),
    ("--- # comment\na: 1", "{a: 1}"),
    ("a: 1\r\nb: 2\r", "{a: 1, b: 2}"),
  ])
  func readsTree(text: String, expected: String) {
    let outcome = outcome(of: text)
    #expect(outline(outcome.root) == expected)
    #expect(outcome.problems.isEmpty)
  }

  @Test(arguments: ["", "# only a comment\n", "\n \n", "---\n", "---\n...\n", "\u{FEFF}", "%YAML 1.2\n---\n"])
  func emptyIsAProblem(text: String) {
    let outcome = outcome(of: text)
    #expect(outcome.isFailure)
    #expect(outcome.problems.map(\.message) == ["the document is empty"])
  }

  @Test(arguments: ["~", "null", "''"])
  func nullThatIsWrittenIsNotEmpty(text: String) {
    #expect(!outcome(of: text).isFailure)
  }

  @Test(arguments: [
    "a: 1\n«---»\nb: 2", "---\n«---»\n", "a\n...\n«---» b", "--- {a: 1}\n«---»",
    "[a]\n...\n%YAML 1.1\n«---»\nb\n---\nc",
  ])
  func secondDocument(marked: String) {
    let text = MarkedText(marked)
    let outcome = outcome(of: text.source())
    #expect(outcome.problems.first?.message == "a second document begins here")
    #expect(outcome.problems.first?.span == text.spans.first)
  }

  @Test func secondDocumentLeavesTheFirst() {
    #expect(outline(outcome(of: "a: 1\n---\nb: 2").root) == "{a: 1}")
  }

  @Test(arguments: [
    ("a: ! x", "{a: 'x'}"), ("a: !!str 1", "{a: '1'}"), ("a: !!int 1", "{a: 1}"), ("a: !!float '1'", "{a: '1'}"),
    ("!!map {a: !!seq [!!bool yes, !!null ~]}", "{a: [yes, ~]}"), ("a: !<tag:yaml.org,2002:str> 1", "{a: '1'}"),
  ])
  func coreTagsAreHarmless(text: String, expected: String) {
    let outcome = outcome(of: text)
    #expect(outline(outcome.root) == expected)
    #expect(outcome.problems.isEmpty)
  }

  @Test(arguments: [
    ("a: «!foo» 1", "unknown tag '!foo'"), ("«!foo» [1]", "unknown tag '!foo'"),
    ("a: &x  «!foo» {b: 1}", "unknown tag '!foo'"), ("a: «!!binary» eA==", "unknown tag 'tag:yaml.org,2002:binary'"),
    ("a: «!no!foo» 1", "unknown tag '!no!foo'"), ("a: «!<!x>» 1", "unknown tag '!x'"),
  ])
  func otherTagsAreProblems(marked: String, message: String) {
    let text = MarkedText(marked)
    let outcome = outcome(of: text.source())
    #expect(outcome.problems.map(\.message) == [message])
    #expect(outcome.problems.map(\.span) == text.spans)
  }
}
