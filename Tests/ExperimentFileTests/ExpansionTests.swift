import Model
import Testing

@testable import ExperimentFile

struct ExpansionTests {
  @Test func theWholeFile() throws {
    let plan = try plan(
      """
      description: All of it.
      workloads: { w: &w { plugin: sleep, tasks: 3 }, v: { <<: *w, tasks: 4 } }
      strategies: { sync: {}, threads: { max_workers: 2 } }
      trials: { count: 12 }
      warmup: 2
      order: sequential
      seed: 9
      timeout: 30s
      max_failed: 5%
      hooks: { before_trial: [sync] }
      env: { A: b }
      """)
    #expect(plan.description == "All of it.")
    #expect(plan.cells.count == 4)
    #expect(plan.cells[2].workloadPlugin?.parameters["tasks"] == .integer(4))
    #expect(plan.settings.trials == 12)
    #expect(plan.settings.order == .sequential)
    #expect(plan.settings.maxFailed == 0.05)
    #expect(plan.hooks.commands == [.beforeTrial: ["sync"]])
    #expect(plan.environment == ["A": "b"])
    #expect(plan.trialCount == 4 * 14)
  }

  /// The plan's size is the product of its axes, for random axes.
  @Test(arguments: 0..<20)
  func sizeIsTheProductOfTheAxes(seed: Int) throws {
    var random = SplitMix64(seed: UInt64(seed))
    let counts = (0..<4).map { _ in 1 + random.next(below: 6) }
    func list(_ count: Int) -> String { "[" + (1...count).map(String.init).joined(separator: ", ") + "]" }
    let plan = try plan(
      """
      variables: { a: \(list(counts[0])), b: \(list(counts[1])) }
      workloads: { w: { plugin: sleep, names: ["${a}", "${b}"], tasks: \(list(counts[2])) } }
      strategies: { threads: { max_workers: \(list(counts[3])) }, sync: }
      """)
    #expect(plan.cells.count == counts[0] * counts[1] * counts[2] * (counts[3] + 1))
    #expect(Set(plan.cells.map(\.id)).count == plan.cells.count)
  }

  @Test func tooManyCellsAreAnError() {
    let range = "{ from: 1, to: 10000, step: 1 }"
    let found = problems(
      """
      variables: { a: \(range), b: \(range) }
      workloads: { w: { plugin: sleep, names: ["${a}", "${b}"] } }
      strategies: { sync: }
      """)
    #expect(found.contains { $0.contains("more than 1000000 cells") })
  }

  @Test func odometerTurnsTiedWheelsTogether() {
    #expect(
      Array(Odometer(counts: [2, 3, 2], tied: [[0, 2]])) == [
        [0, 0, 0], [0, 1, 0], [0, 2, 0], [1, 0, 1], [1, 1, 1], [1, 2, 1],
      ])
    #expect(Array(Odometer(counts: [])) == [[]])
    #expect(Odometer(counts: [.max, 2]).total == nil)
  }

  @Test func spelling() {
    #expect(Spelling.distance("max_worker", "max_workers") == 1)
    #expect(Spelling.distance("trails", "trials") == 1)
    #expect(Spelling.closest(to: "sinc", among: ["sync", "threads"]) == "sync")
    #expect(Spelling.closest(to: "x", among: ["sync", "threads"]) == nil)
  }
}
