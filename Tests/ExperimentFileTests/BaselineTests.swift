import MarkedText
import Model
import Testing

@testable import ExperimentFile

struct BaselineTests {
  private func baselines(_ text: String) throws -> [String: String] {
    let plan = try plan(text)
    return Dictionary(
      uniqueKeysWithValues: plan.cells.compactMap { cell in cell.baseline.map { (cell.id, plan.cells[$0].id) } })
  }

  @Test func isTheSameWorkOfTheBaselinesStrategy() throws {
    let found = try baselines(
      """
      variables: { size: [1KiB, 2KiB] }
      workloads: { a: { plugin: sleep, size: "${size}" }, b: { plugin: sleep } }
      strategies: { sync: {}, threads: { max_workers: [1, 2] } }
      """)
    #expect(found["a/threads/max_workers=2,size=2KiB"] == "a/sync/size=2KiB")
    #expect(found["b/threads/max_workers=1"] == "b/sync")
    #expect(found["a/sync/size=1KiB"] == "a/sync/size=1KiB")
  }

  @Test func aVariableThatTheBaselineLacksDoesNotSeparate() throws {
    let found = try baselines(
      """
      variables: { m: [1, 2] }
      workloads: { w: { plugin: sleep } }
      strategies: { sync: {}, threads: { max_workers: "${m}" } }
      """)
    #expect(found["w/threads/m=1,max_workers=1"] == "w/sync")
    #expect(found["w/threads/m=2,max_workers=2"] == "w/sync")
  }

  @Test func twoCellsForTheSameWorkAreAnError() {
    let text = MarkedText(
      """
      workloads: { w: { plugin: sleep } }
      strategies: { threads: { max_workers: [1, 2] }, sync: }
      baseline: «threads»
      """)
    let found = load(text.text).diagnostics.filter {
      $0.message.hasPrefix("the baseline 'threads' has two cells for the same work")
    }
    #expect(found.map(\.span) == text.spans)
  }

  @Test func withoutSyncTheFirstStrategyIsTaken() {
    let text = """
      workloads: { w: { plugin: sleep } }
      strategies: { five: { plugin: threads }, six: { plugin: threads, max_workers: 6 } }
      """
    let result = load(text)
    #expect(result.diagnostics.map(\.message) == ["no baseline named: the others are compared with 'five'"])
    #expect(result.experiments[0].plan.baseline == "five")
  }

  @Test func aSweepAloneNeedsNone() {
    let result = load("workloads: { w: { plugin: sleep } }\nstrategies: { threads: { max_workers: [1, 2] } }")
    #expect(!result.hasErrors)
    #expect(result.experiments[0].plan.cells.allSatisfy { $0.baseline == nil })
  }
}
