import Model
import Testing

@testable import ExperimentFile

struct SelectionTests {
  private let text = """
    workloads: { a: { plugin: sleep }, b: { plugin: sleep } }
    strategies: { sync: {}, threads: { max_workers: [1, 2, 4, 8] } }

    """

  private func only(_ expressions: String...) throws -> Overrides {
    var overrides = Overrides()
    overrides.only = try expressions.map { try #require(Condition(expression: $0)) }
    return overrides
  }

  @Test func excludesByValueListAndComparison() throws {
    let plan = try plan(
      text + "exclude: [{ workload: b, max_workers: '>1' }, { workload: a, max_workers: [2, 8] }]")
    #expect(
      plan.cells.map(\.id) == [
        "a/sync", "a/threads/max_workers=1", "a/threads/max_workers=4", "b/sync", "b/threads/max_workers=1",
      ])
    #expect(plan.excluded.count == 5)
    #expect(plan.excluded.first?.cell.id == "a/threads/max_workers=2")
    #expect(plan.excluded.first?.reason == "exclude[1]")
  }

  @Test func aConditionOnWhatACellLacksNeverMatches() throws {
    #expect(try ids(text + "exclude: [{ max_workers: '>0' }]") == ["a/sync", "b/sync"])
  }

  @Test func aBaselineCanBeExcluded() throws {
    let plan = try plan(text + "exclude: [{ strategy: sync, workload: a }]")
    #expect(plan.cells.map(\.strategy).count { $0 == "sync" } == 1)
    #expect(plan.cells.allSatisfy { ($0.baseline == nil) == ($0.workload == "a") })
  }

  @Test func onlyKeepsTheBaselinesOfWhatStays() throws {
    #expect(
      try ids(text, overrides: only("strategy=threads", "max_workers<=1", "workload=a"))
        == ["a/sync", "a/threads/max_workers=1"])
  }

  @Test func onlyKeepsCellsThatLackTheAxis() throws {
    #expect(
      try ids(text, overrides: only("max_workers=2,4", "workload=b"))
        == ["b/sync", "b/threads/max_workers=2", "b/threads/max_workers=4"])
    #expect(
      try ids(text, overrides: only("max_workers!=2,4,8", "workload!=b")) == ["a/sync", "a/threads/max_workers=1"])
  }

  @Test func whatMatchesNothingIsAWarning() {
    let result = load(text + "exclude: [{ max_workers: 99 }]")
    #expect(result.diagnostics.map(\.message) == ["this excludes nothing"])
    #expect(!result.hasErrors)
  }

  @Test(arguments: [
    ("strategy=async", "no strategy is called that"), ("colour=red", "nor an axis"),
    ("max_workers=99", "no cell has such a level"),
  ])
  func onlyOfWhatIsNotThere(expression: String, words: String) throws {
    let result = load(text, overrides: try only(expression))
    #expect(result.usageErrors.contains { $0.contains(words) })
    #expect(result.experiments.isEmpty)
  }

  @Test(arguments: ["", "=x", "a", "a=", "a=1,,2", "a~1", "a==2", "a=>2", "a<=x", "a=b,c=d"])
  func badExpressions(text: String) {
    #expect(Condition(expression: text) == nil)
  }

  @Test(arguments: ["'>>2'", "'> x'", "'==2'", "'>'", "[1, '=']"])
  func exclusionsThatCanNotBeMeant(condition: String) {
    #expect(problems(text + "exclude: [{ max_workers: \(condition) }]").contains { $0.contains("no condition") })
  }

  @Test func blanksAroundComparisonsAreFine() throws {
    #expect(
      try ids(text, overrides: only("max_workers <= 1", " workload = a")) == ["a/sync", "a/threads/max_workers=1"])
  }

  @Test func comparesNumbersWithUnits() throws {
    let text = """
      workloads: { w: { plugin: sleep, duration: [1ms, 5ms, 1s] } }
      strategies: { sync: }
      """
    #expect(try ids(text, overrides: only("duration<=0.005")) == ["w/sync/duration=1ms", "w/sync/duration=5ms"])
    #expect(try ids(text, overrides: only("duration=1000ms")) == ["w/sync/duration=1s"])
  }
}
