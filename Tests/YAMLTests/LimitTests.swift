import MarkedText
import Testing
import YAML

@Suite struct LimitTests {
  @Test(arguments: ["[", "{a: ", "- ", "? "])
  func depth(opening: String) {
    let text = MarkedText(String(repeating: opening, count: 100) + "«»" + String(repeating: opening, count: 19_900))
    let outcome = outcome(of: text.source())
    #expect(outcome.isFailure)
    #expect(outcome.problems.map(\.message) == ["nested more than 100 levels deep"])
    #expect(outcome.problems.map(\.span?.start) == text.spans.map(\.start))
  }

  @Test func depthOfExactlyTheLimit() {
    func nested(_ depth: Int) -> String {
      String(repeating: "[", count: depth) + String(repeating: "]", count: depth)
    }
    #expect(outcome(of: nested(100)).problems.isEmpty)
    #expect(outcome(of: nested(101)).isFailure)
  }

  @Test func depthThroughAliases() {
    func chain(_ length: Int) -> String {
      "- &a0 x\n" + (1...length).map { "- &a\($0) [*a\($0 - 1)]\n" }.joined()
    }
    #expect(outcome(of: chain(99)).problems.isEmpty)
    let text = MarkedText(chain(100).replacing("*a99", with: "«*a99»"))
    let outcome = outcome(of: text.source())
    #expect(outcome.problems.map(\.message) == ["with alias *a99 nested more than 100 levels deep"])
    #expect(outcome.problems.map(\.span) == text.spans)
  }

  @Test func size() throws {
    let source = Source(name: "big", bytes: [UInt8](repeating: 0xFF, count: 100_000_000))
    let problem = try #require(outcome(of: source).problems.first)
    #expect(problem.message == "too large: 100000000 bytes, and the limit is 4194304")
    #expect(problem.span == nil)
  }

  @Test func sizeOfExactlyTheLimit() {
    var limits = Limits.standard
    limits.bytes = 4
    #expect(outcome(of: "a: 1", limits: limits).problems.isEmpty)
    #expect(outcome(of: "a: 12", limits: limits).isFailure)
  }

  /// 10 levels of 10 aliases each: 10¹⁰ nodes if it were expanded.
  @Test(arguments: ["[%]", "{a: [%]}"])
  func aliasBomb(level: String) {
    var text = "- &a0 x\n"
    for number in 1...10 {
      let aliases = Array(repeating: "*a\(number - 1)", count: 10).joined(separator: ", ")
      text += "- &a\(number) " + level.split(separator: "%").joined(separator: aliases) + "\n"
    }
    expectNodeLimit(outcome(of: text), line: 6...7)
  }

  /// 10 levels of mappings, each of which merges the one before into 10 values.
  @Test(arguments: [false, true])
  func mergeBomb(isList: Bool) {
    var text = "- &a0 {k: x}\n"
    for number in 1...10 {
      let merge = isList ? "[*a\(number - 1)]" : "*a\(number - 1)"
      let values = (0..<10).map { "k\(number)\($0): {<<: \(merge)}" }
      text += "- &a\(number) {\(values.joined(separator: ", "))}\n"
    }
    expectNodeLimit(outcome(of: text), line: 6...7)
  }

  /// Each level merges all keys of the one before and adds as many.
  @Test func mergeOfManyKeysManyTimes() {
    let keys = (0..<1000).map { "k\($0): 1" }.joined(separator: ", ")
    let text = "- &a {\(keys)}\n" + String(repeating: "- {<<: *a}\n", count: 1000)
    expectNodeLimit(outcome(of: text), line: 400...600)
  }

  @Test func mergeListThatRepeatsOneMapping() {
    let keys = (0..<1000).map { "k\($0): 1" }.joined(separator: ", ")
    let aliases = Array(repeating: "*a", count: 1000).joined(separator: ", ")
    expectNodeLimit(outcome(of: "- &a {\(keys)}\n- {<<: [\(aliases)]}\n"), line: 2...2)
  }

  @Test func nodesOfExactlyTheLimit() {
    var limits = Limits.standard
    limits.nodes = 6
    #expect(outcome(of: "- &a [x]\n- *a\n- y", limits: limits).problems.isEmpty == true)
    limits.nodes = 5
    let text = MarkedText("- &a [x]\n- *a\n- «y»")
    let outcome = outcome(of: text.source(), limits: limits)
    #expect(outcome.problems.map(\.message) == ["more than 5 values, counting each alias as a copy"])
    #expect(outcome.problems.map(\.span) == text.spans)
  }

  @Test func nodesWithoutAliases() {
    expectNodeLimit(outcome(of: String(repeating: "-\n", count: 1_000_001)), line: 1_000_000...1_000_000)
  }

  @Test func problems() {
    let outcome = outcome(of: String(repeating: "a: 1\n", count: 100_000))
    #expect(outcome.isFailure)
    #expect(outcome.problems.count == 101)
    #expect(outcome.problems.last?.message == "more than 100 problems; the rest is not shown")
  }

  @Test(arguments: ["k", "\u{301}\u{316}"])
  func keyLength(part: String) {
    let text = MarkedText("? «\"" + String(repeating: part, count: 1_000_000) + "\"»\n: 1\na: ~\n")
    let outcome = outcome(of: text.source())
    #expect(outcome.problems.map(\.message) == ["a key can't be longer than 1024 bytes"])
    #expect(outcome.problems.map(\.span) == text.spans)
    #expect(outline(outcome.root) == "{a: ~}")
  }

  @Test func keyOfExactlyTheLimit() {
    #expect(outcome(of: "? " + String(repeating: "k", count: 1024)).problems.isEmpty)
    #expect(outcome(of: "? " + String(repeating: "k", count: 1025)).problems.count == 1)
  }

  @Test func tagDirectives() {
    let directives = (0..<10_000).map { "\($0 == 64 ? "«%»" : "%")TAG !a\($0)! x\n" }
    let text = MarkedText(directives.joined() + "---\na")
    let outcome = outcome(of: text.source())
    #expect(outcome.problems.map(\.message) == ["more than 64 %TAG directives"])
    #expect(outcome.problems.map(\.span) == text.spans)
  }

  private func expectNodeLimit(_ outcome: Outcome, line: ClosedRange<Int>) {
    // Not in the expectations: a failing one would print the whole outcome, bomb and all.
    let isFailure = outcome.isFailure
    let problems = outcome.problems
    #expect(isFailure)
    #expect(problems.map(\.message) == ["more than 1000000 values, counting each alias as a copy"])
    #expect(
      line.contains(problems.first?.span?.start.line ?? 0), "\(String(describing: problems.first))")
  }
}
