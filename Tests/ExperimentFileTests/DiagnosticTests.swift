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
      result.diagnostics.filter { $0.severity == .error }.map { $0.rendered() } == [
        """
        test.yaml:3:14: error: unknown key 'max_worker' for strategy 'threads'
          3 |   threads: { max_worker: [1, 2] }
            |              ^~~~~~~~~~ did you mean 'max_workers'?
        """
      ])
  }

  @Test func aTabStaysATabAndWideCharactersTakeTwoColumns() {
    let source = Source(name: "x", bytes: Array("a:\t日本 key".utf8))
    let span = Span(start: Mark(line: 1, column: 7), end: Mark(line: 1, column: 10))
    let lines = Diagnostic(.error, source, span, "m").rendered().split(separator: "\n")
    #expect(lines[2] == "    |   \t     ^~~")
  }

  @Test func aLongLineIsCutAroundTheMark() throws {
    let line = String(repeating: "x", count: 5000) + "HERE" + String(repeating: "y", count: 5000)
    let span = Span(start: Mark(line: 1, column: 5001), end: Mark(line: 1, column: 5005))
    let lines = Diagnostic(.error, Source(name: "x", bytes: Array(line.utf8)), span, "m").rendered()
      .split(separator: "\n").map(String.init)
    #expect(lines.allSatisfy { $0.count < 140 })
    let start = try #require(lines[2].firstIndex(of: "^")).utf16Offset(in: lines[2])
    #expect(Array(lines[1])[start..<(start + 4)] == ["H", "E", "R", "E"])
  }

  @Test func everythingIsToldAtOnceInTheOrderOfTheFile() {
    let text = """
      trails: 10
      timeout: 5
      workloads:
        nap: { plugin: slep }
        rest: { plugin: sleep, duration: fast, tasks: 0 }
      strategies:
        threads: { max_workers: [1, x, 012] }
      baseline: sink
      """
    #expect(
      problems(text) == [
        "1:1 unknown key 'trails'",
        "2:10 'timeout' must be a duration: '5' is a duration without a unit",
        "4:18 unknown workload 'slep'",
        "5:36 'duration' must be a duration: 'fast' isn't a duration",
        "5:49 'tasks' must be at least 1",
        "7:31 'max_workers' must be an integer: 'x' isn't a whole number",
        "7:34 'max_workers' must be an integer: '012' has a leading zero, which some read as octal",
        "8:11 the baseline 'sink' isn't a strategy of this file",
      ])
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
    let rendered = load(text).diagnostics.map { $0.rendered() }.joined(separator: "\n")
    #expect(rendered.contains(words))
    #expect(load(text).hasErrors)
  }

  @Test func namesOfFiles() {
    let source = { Source(name: $0, bytes: Array(minimal.utf8)) }
    let twins = load([source("a/x.yaml"), source("b/x.yml")])
    #expect(twins.diagnostics.map(\.message) == ["its results would mix with those of a/x.yaml: both are called 'x'"])
    #expect(load(minimal, name: "a b.yaml").hasErrors)
  }
}
