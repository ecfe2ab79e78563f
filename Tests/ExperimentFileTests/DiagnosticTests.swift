import MarkedText
import Model
import Testing
import YAML

@testable import ExperimentFile

struct DiagnosticTests {
  @Test func looksLikeTheContract() {
    let text = """
      workloads: { nap: { plugin: sleep } }
      strategies:
        threads: { max_worker: [1, 2] }
      """
    let result = load(text)
    #expect(
      result.diagnostics.filter { $0.severity == .error }.map { $0.rendered.text } == [
        """
        test.yaml:3:14: error: unknown key 'max_worker' for strategy 'threads'
          3 |   threads: { max_worker: [1, 2] }
            |              ^~~~~~~~~~ did you mean 'max_workers'?
        """
      ])
  }

  @Test func aTabStaysATabAndWideCharactersTakeTwoColumns() {
    let text = MarkedText("a:\t日本 «key»")
    let lines = Diagnostic(.error, in: text.source(), at: text.spans[0], "m").rendered.text.split(separator: "\n")
    #expect(lines[2] == "    |   \t     ^~~")
  }

  @Test func aLongLineIsCutAroundTheMark() throws {
    let text = MarkedText(String(repeating: "x", count: 5000) + "«HERE»" + String(repeating: "y", count: 5000))
    let lines = Diagnostic(.error, in: text.source(), at: text.spans[0], "m").rendered.text
      .split(separator: "\n").map(String.init)
    #expect(lines.allSatisfy { $0.count < 140 })
    let start = try #require(lines[2].firstIndex(of: "^")).utf16Offset(in: lines[2])
    #expect(Array(lines[1])[start..<(start + 4)] == ["H", "E", "R", "E"])
  }

  @Test func everythingIsToldAtOnceInTheOrderOfTheFile() {
    let text = MarkedText(
      """
      «trails»: 10
      timeout: «5»
      workloads:
        nap: { plugin: «slep» }
        rest: { plugin: sleep, duration: «fast», tasks: «0» }
      strategies:
        threads: { max_workers: [1, «x», «012»] }
      baseline: «sink»
      """)
    let found = load(text.text).diagnostics
    #expect(
      found.map(\.message) == [
        "unknown key 'trails'",
        "'timeout' must be a duration: '5' is a duration without a unit",
        "unknown workload 'slep'",
        "'duration' must be a duration: 'fast' isn't a duration",
        "'tasks' must be at least 1",
        "'max_workers' must be an integer: 'x' isn't a whole number",
        "'max_workers' must be an integer: '012' has a leading zero, which some read as octal",
        "the baseline 'sink' isn't a strategy of this file",
      ])
    #expect(found.map(\.span) == text.spans)
  }

  static let mistakes = [
    ("", "test.yaml: error:"), ("- a\n", "an experiment is a mapping"), ("a: [1", "is never closed"),
    ("strategies: {}", "no strategies"), ("strategies: { sync: }", "needs a workload"),
    ("strategies: 5", "must be a mapping"),
    ("workloads: { '../x': { plugin: sleep } }\nstrategies: { sync: }", "can't be a label"),
    (
      "workloads: { program: { plugin: sleep } }\nstrategies: { sync: {}, program: { command: [x] } }", "choose another"
    ),
    ("strategies: { program: }", "needs 'command'"), ("strategies: { program: { command: [] } }", "at least 1"),
    (minimal + "hooks: { before_run: true }", "must be a list"), (minimal + "hooks: { before: [x] }", "unknown hook"),
    (minimal + "order: random", "must be one of blocks, sequential"),
    (minimal + "trials: { precison: 5% }", "did you mean 'precision'?"),
    (minimal + "env: { 'A=B': x }", "can't be the name"), (minimal + "sweep: { chunk: [1] }", "no strategy"),
    (minimal + "max_failed: 5", "isn't between 0 and 1"), (minimal + "exclude: { strategy: sync }", "must be a list"),
    (minimal + "exclude: [{ strategy: async }]", "no strategy is called 'async'"),
    (minimal + "exclude: [{ size: 1 }]", "is not an axis"), (minimal + "zip: [a]", "two different axes"),
    (minimal + "zip: [a, b]", "'a' is not an axis"),
    (minimal + "exclude: [{ strategy: sync }]", "every cell is excluded"),
  ]

  @Test(arguments: mistakes)
  func mistakesHaveWords(text: String, words: String) {
    let rendered = load(text).diagnostics.map { $0.rendered.text }.joined(separator: "\n")
    #expect(rendered.contains(words))
    #expect(load(text).hasErrors)
  }

  @Test func namesOfFiles() {
    let source = { Source(name: $0, bytes: Array(minimal.utf8)) }
    let twins = load([source("a/x.yaml"), source("b/x.yml")])
    #expect(twins.diagnostics.map(\.message) == ["its results would mix with those of a/x.yaml: both are called 'x'"])
    #expect(load(minimal, name: "größe 2.yaml").experiments.first?.plan.experiment == "größe 2")
    #expect(load(minimal, name: "a=b.yaml").hasErrors)
  }
}
