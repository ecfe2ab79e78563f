import MarkedText
import Model
import Testing

/// `metrics_from`: where the metrics of a program are looked for.
struct ProgramMetricTests {
  private func run(_ bench: Workbench, _ strategies: String) async throws -> [String: Trial] {
    _ = try bench.write("m.yaml", "strategies:\n\(strategies)\ntrials: 1\nwarmup: 0\n")
    _ = try await bench.concrun("m.yaml", "--quiet")
    return Dictionary(uniqueKeysWithValues: try bench.trials("m").map { ($0.strategy, $0) })
  }

  private func program(_ script: String, _ more: String = "") -> String {
    "{ plugin: program, command: [bash, -c, '\(script)'], metrics: { hits: \"n=([0-9]+)\" }\(more) }"
  }

  @Test func eachStreamAndBoth() async throws {
    let bench = try Workbench()
    let script = "echo n=1; echo n=2 >&2"
    let trials = try await run(
      bench,
      """
        usual: \(program(script))
        out: \(program(script, ", metrics_from: stdout"))
        err: \(program(script, ", metrics_from: stderr"))
        both: \(program(script, ", metrics_from: both"))
        only_err: \(program("echo n=3 >&2; echo nothing", ", metrics_from: both"))
        only_out: \(program("echo n=4; echo nothing >&2", ", metrics_from: both"))
      """)
    #expect(
      trials.mapValues { $0.metrics[0] } == ["usual": 1, "out": 1, "err": 2, "both": 1, "only_err": 3, "only_out": 4])
    #expect(trials.values.allSatisfy { $0.status == .ok && $0.error == nil })
  }

  @Test func whatMatchesNothingSaysWhere() async throws {
    let bench = try Workbench()
    let trials = try await run(
      bench,
      """
        usual: \(program("echo n=2 >&2"))
        err: \(program("echo n=1", ", metrics_from: stderr"))
        both: \(program("echo m=1; echo m=2 >&2", ", metrics_from: both"))
        odd: { plugin: program, command: [bash, -c, "echo n=x >&2"], metrics: { hits: "n=(.)" }, metrics_from: stderr }
      """)
    let words = { (text: String) in "metric 'hits': 'n=([0-9]+)' matches nothing in the \(text)" }
    #expect(
      trials.mapValues { $0.error } == [
        "usual": words("output"), "err": words("standard error"), "both": words("output or the standard error"),
        "odd": "metric 'hits': 'x' isn't a number",
      ])
    #expect(trials.values.allSatisfy { $0.status == .failed })
  }

  /// The beginning of a flood is kept, and the last words, too.
  @Test func floodsOfErrors() async throws {
    let bench = try Workbench()
    let flood = "for i in 1 2 3; do head -c 3000000 /dev/zero | tr \"\\\\0\" x >&2; echo >&2; done"
    let trials = try await run(
      bench,
      """
        first: \(program("echo n=5 >&2; \(flood)", ", metrics_from: stderr"))
        middle: \(program("head -c 3000000 /dev/zero | tr \"\\\\0\" x >&2; echo n=6 >&2; \(flood)", ", metrics_from: both"))
        late: \(program("\(flood); echo n=7 >&2", ", metrics_from: stderr"))
        fails: \(program("\(flood); echo n=8 last words >&2; exit 3", ", metrics_from: stderr"))
      """)
    #expect(trials["first"]?.metrics[0] == 5)
    #expect(trials["middle"]?.metrics[0] == 6)
    #expect(
      trials["late"]?.error == "metric 'hits': 'n=([0-9]+)' matches nothing in the first 4 MiB of the standard error")
    #expect(trials["fails"]?.error == "bash: exit status 3: n=8 last words")
  }

  @Test func mistakesAreLocated() async throws {
    let bench = try Workbench()
    let text = MarkedText(
      """
      strategies:
        a: { plugin: program, command: [true], metrics: { hits: "n" }, metrics_from: «output» }
        b: { plugin: program, command: [true], metrics_from: «stderr» }
        c: { plugin: program, command: [true], metrics: { hits: "n" }, «metric_from»: stderr }
        d: { plugin: program, command: [true], metrics: { hits: "n" }, metrics_from: «{ a: 1 }» }
      """)
    let outcome = try await bench.concrun("check", try bench.write("m.yaml", text.text))
    #expect(outcome.exit == 65)
    let messages = [
      "'metrics_from' must be one of stdout, stderr, both: 'output' isn't one of them",
      "'metrics_from': there are no 'metrics' to look for", "unknown key 'metric_from' for strategy 'c'",
      "'metrics_from' must be one of stdout, stderr, both, and this is a mapping",
    ]
    #expect(
      outcome.error.split(separator: "\n").filter { $0.hasPrefix("m.yaml") && $0.contains("error") }
        == zip(text.places(in: "m.yaml"), messages).map { "\($0): error: \($1)" })
  }
}
