import Model
import Testing

@testable import ExperimentFile

struct OverrideTests {
  private let text = """
    workloads: { w: { plugin: sleep } }
    strategies: { sync: {}, threads: {}, "python3.11": { plugin: threads } }
    trials: 7

    """

  private func set(_ assignments: String...) -> Overrides {
    var overrides = Overrides()
    overrides.set = assignments
    return overrides
  }

  @Test func aBareCommaListIsAnAxis() throws {
    #expect(
      try ids(text, overrides: set("strategies.threads.max_workers=1,2")) == [
        "w/sync", "w/threads/max_workers=1", "w/threads/max_workers=2", "w/python3.11/max_workers=5",
      ])
  }

  @Test func labelsMayHaveDotsAndValuesAreYAML() throws {
    #expect(
      try ids(text, overrides: set("strategies.python3.11.max_workers={from: 1, to: 4, factor: 2}")).suffix(3)
        == ["w/python3.11/max_workers=1", "w/python3.11/max_workers=2", "w/python3.11/max_workers=4"])
    #expect(try plan(text, overrides: set("trials=3")).settings.trials == 3)
    #expect(
      try plan(text, overrides: set("workloads.w.tasks=9")).cells[0].workloadPlugin?.parameters["tasks"] == .integer(9))
  }

  @Test func aPlaceThatNoFileHas() {
    #expect(
      load(text, overrides: set("strategies.async.max_workers=1")).usageErrors
        == ["--set strategies.async.max_workers=1: no file has such a place"])
  }

  @Test(arguments: ["trials", "trials=x", "strategies.threads.max_workers=[1", "=1", "stratgies={}", "trials="])
  func badAssignments(text assignment: String) {
    let result = load(text, overrides: set(assignment))
    #expect(result.hasErrors)
    #expect(result.diagnostics.allSatisfy { $0.rendered.text.hasPrefix("--set") || $0.rendered.text.contains("error") })
  }

  @Test func theCommandLineWins() throws {
    var overrides = Overrides()
    overrides.isQuick = true
    #expect(try plan(text, overrides: overrides).settings.trials == 3)
    #expect(try plan(text, overrides: overrides).settings.warmup == 0)
    #expect(try !plan(text, overrides: overrides).settings.makesClaims)
    overrides.trials = 5
    overrides.seed = 42
    overrides.timeout = 1.5
    let settings = try plan(text, overrides: overrides).settings
    #expect(settings.trials == 5)
    #expect(settings.seed == 42)
    #expect(settings.timeout == 1.5)
  }

  private let precise = "workloads: { w: { plugin: sleep } }\nstrategies: { sync: }\ntrials: { count: 20, budget: 1h }"

  @Test func whatIsInTrialsCanBeSet() throws {
    let settings = try plan(precise, overrides: set("trials.precision=2%", "trials.max=40")).settings
    #expect(settings.blocks == 20...40)
    #expect(settings.precision == 0.02)
    #expect(settings.budget == 3600)
    let other = try plan(text, overrides: set("trials={count: 12, precision: 5%}")).settings
    #expect(other.blocks == 12...100)
    #expect(other.precision == 0.05)
    #expect(other.budget == nil)
  }

  /// Somebody who says how many wants exactly so many; the budget still holds.
  @Test(arguments: [(nil, true, 3), (7, false, 7), (12, true, 12)] as [(Int?, Bool, Int)])
  func aNumberOfTrialsIsNotOneAtLeast(trials: Int?, isQuick: Bool, expected: Int) throws {
    var overrides = set("trials.precision=2%", "trials.max=40")
    overrides.trials = trials
    overrides.isQuick = isQuick
    let settings = try plan(precise, overrides: overrides).settings
    #expect(settings.precision == nil)
    #expect(settings.blocks == expected...expected)
    #expect(settings.budget == 3600)
  }
}
