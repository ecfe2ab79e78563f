import MarkedText
import Testing
import YAML

@Suite struct MappingTests {
  @Test(arguments: [
    ("a: &a {x: 1, y: 2}\nb:\n  <<: *a\n  y: 3\n  z: 4", "{x: 1, y: 3, z: 4}"),
    ("a: &a {x: 1, y: 2}\nb:\n  z: 4\n  y: 3\n  <<: *a", "{z: 4, y: 3, x: 1}"),
    ("a: [&a {x: 1, y: 1}, &b {x: 2, z: 2}]\nb: {<<: [*a, *b]}", "{x: 1, y: 1, z: 2}"),
    ("a: [&a {x: 1, y: 1}, &b {x: 2, z: 2}]\nb: {<<: [*b, *a], z: 9}", "{x: 2, y: 1, z: 9}"),
    ("a: &a [{x: 1}, {y: 2}]\nb: {<<: *a}", "{x: 1, y: 2}"),
    ("b: {<<: {x: 1}}", "{x: 1}"),
    ("b: {<<: []}", "{}"),
    ("a: [&a {x: 1}, &b {<<: *a, y: 2}]\nb: {<<: *b, z: 3}", "{x: 1, y: 2, z: 3}"),
    ("a: &a {x: 1}\nb: {'<<': *a}", "{'<<': {x: 1}}"),
  ])
  func mergeKeys(text: String, expected: String) {
    let outcome = outcome(of: text)
    #expect(outline(outcome.root?["b"]) == expected)
    #expect(outcome.problems.isEmpty)
  }

  @Test(arguments: [
    ("b: {<<: «1», x: 2}", ["'<<' merges mappings, and this is a single value"], "{x: 2}"),
    ("a: &a 1\nb: {<<: «*a»}", ["'<<' merges mappings, and this is a single value"], "{}"),
    (
      "b: {<<: [{x: 1}, «[]», «~»]}",
      ["'<<' merges mappings, and this is a list", "'<<' merges mappings, and this is nothing"], "{x: 1}"
    ),
    ("b:\n  <<: {x: 1}\n  y: 1\n  «<<»: {z: 1}", ["duplicate merge key '<<', first used on line 2"], "{x: 1, y: 1}"),
    ("b: {x: 1,\n y: 1,\n «x»: 2}", ["duplicate key 'x', first used on line 1"], "{x: 1, y: 1}"),
    ("b: {x: 1, «'x'»: 2, «x»: 3}", Array(repeating: "duplicate key 'x', first used on line 1", count: 2), "{x: 1}"),
    ("b:\n  ? «[k]»\n  : 1\n  x: 1", ["a key must be a text, not a list"], "{x: 1}"),
    ("b: {«{k: v}»: 1, x: 1}", ["a key must be a text, not a mapping"], "{x: 1}"),
    ("a: &a [1]\nb: {«*a» : 1}", ["a key must be a text, not a list"], "{}"),
    ("a: &a x\nb: {x: 1, «*a» : 2}", ["duplicate key 'x', first used on line 2"], "{x: 1}"),
    (
      "b: {x: {y: 1, «y»: 2}, «x»: 1}",
      Array(["y", "x"].map { "duplicate key '\($0)', first used on line 1" }), "{x: {y: 1}}"
    ),
  ])
  func problemsThatLeaveATree(marked: String, messages: [String], tree: String) {
    let text = MarkedText(marked)
    let outcome = outcome(of: text.source())
    #expect(outcome.problems.map(\.message) == messages)
    #expect(outcome.problems.map(\.span) == text.spans)
    #expect(outline(outcome.root?["b"]) == tree)
  }

  @Test func mergedEntriesKeepTheirPlaces() throws {
    let text = MarkedText("a: &a {«x»: 1}\nb: {<<: *a}")
    let entry = try #require(outcome(of: text.source()).root?["b"]?.entries?.first)
    #expect([entry.key.span] == text.spans)
  }

  @Test func failureTellsTheLesserProblemsToo() {
    let outcome = outcome(of: "a: 1\na: 2\nb: \n\n&")
    #expect(outcome.isFailure)
    #expect(outcome.problems.map(\.span?.start.line) == [2, 5])
  }

  @Test func longAndStrangeKeysAreShortenedInMessages() throws {
    let key = "\\e" + String(repeating: "k", count: 1000)
    let message = try #require(outcome(of: "? \"\(key)\"\n: 1\n? \"\(key)\"\n: 2").problems.first?.message)
    #expect(message == "duplicate key '\u{FFFD}\(String(repeating: "k", count: 59))…', first used on line 1")
  }
}
