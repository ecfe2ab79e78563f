import Model
import Testing

@testable import ExperimentFile

struct AxisTests {
  private func levels(_ setting: String, of axis: String) throws -> [Level] {
    let plan = try plan("workloads: { w: { plugin: sleep, \(setting) } }\nstrategies: { sync: }")
    let index = try #require(plan.axes.firstIndex { $0.name == axis })
    return plan.cells.compactMap { $0.levels[index] }
  }

  @Test(arguments: [
    ("tasks: [1, 1_000, 1e4]", "tasks", ["1", "1000", "10000"], [1.0, 1000, 10000]),
    ("tasks: { from: 1, to: 128, factor: 2 }", "tasks", ["1", "2", "4", "8", "16", "32", "64", "128"], nil),
    ("tasks: { from: 1, to: 10, step: 3 }", "tasks", ["1", "4", "7", "10"], nil),
    ("tasks: { from: 1, to: 9, factor: 1.5 }", "tasks", ["1", "2", "3", "5", "8"], nil),
    ("duration: [5ms, 1s]", "duration", ["5ms", "1s"], [0.005, 1]),
    (
      "duration: { from: 1ms, to: 8ms, factor: 2 }", "duration", ["1ms", "2ms", "4ms", "8ms"],
      [0.001, 0.002, 0.004, 0.008]
    ),
    ("duration: { from: 100us, to: 500us, step: 200us }", "duration", ["100us", "300us", "500us"], nil),
    ("size: { from: 1KiB, to: 4KiB, factor: 2 }", "size", ["1KiB", "2KiB", "4KiB"], [1024, 2048, 4096]),
    ("share: { from: 10%, to: 30%, step: 10% }", "share", ["10%", "20%", "30%"], [0.1, 0.2, 0.3]),
    ("names: { axis: [[a, b], [c]] }", "names", ["[a, b]", "[c]"], nil),
    ("fair: [yes, no]", "fair", ["yes", "no"], nil),
  ])
  func levelsAsWrittenAndAsMeant(setting: String, axis: String, texts: [String], numbers: [Double]?) throws {
    let levels = try levels(setting, of: axis)
    #expect(levels.map(\.text) == texts)
    if let numbers {
      for (level, number) in zip(levels, numbers) {
        #expect(abs((level.value.number ?? .nan) - number) < 1e-12)
      }
    }
  }

  @Test func aListWhereAListIsExpectedIsNoAxis() throws {
    #expect(try levels("names: [a, b]", of: "max_workers").isEmpty)
    #expect(try ids("workloads: { w: { plugin: sleep, names: [a, b] } }\nstrategies: { sync: }") == ["w/sync"])
  }

  @Test(arguments: [
    ("tasks: []", "has no values"), ("tasks: { from: 1 }", "needs 'from' and 'to'"),
    ("tasks: { from: 1, to: 4 }", "either 'step' or 'factor'"), ("tasks: { from: 4, to: 1, step: 1 }", "is empty"),
    ("tasks: { from: 1, to: 4, step: 0 }", "above 0"), ("tasks: { from: 1, to: 4, factor: 1 }", "above 1"),
    ("tasks: { from: 1, to: 1e9, step: 1 }", "more than 10000 values"), ("tasks: [8, 4, 8]", "stands twice"),
    ("duration: [5ms, 0.005s]", "stands twice"), ("fair: { from: 1, to: 2, step: 1 }", "can't be a range"),
    ("tasks: { form: 1, to: 2, step: 1 }", "unknown key 'form'"),
  ])
  func badAxes(setting: String, words: String) {
    let found = problems("workloads: { w: { plugin: sleep, \(setting) } }\nstrategies: { sync: }")
    #expect(found.contains { $0.contains(words) })
  }

  @Test func sweepSetsWhatIsNotSet() throws {
    let text = """
      workloads: { w: { plugin: sleep } }
      strategies: { sync: {}, threads: {}, four: { plugin: threads, max_workers: 4 } }
      sweep: { max_workers: [1, 2] }
      """
    #expect(
      try ids(text) == ["w/sync", "w/threads/max_workers=1", "w/threads/max_workers=2", "w/four/max_workers=4"])
  }

  @Test func zippedAxesMoveTogether() throws {
    let text = """
      variables: { a: [1, 2, 3], b: [x, y, z] }
      workloads: { w: { plugin: sleep, tasks: "${a}", names: ["${b}"] } }
      strategies: { sync: }
      zip: [a, b]
      """
    #expect(try ids(text) == ["w/sync/a=1,b=x", "w/sync/a=2,b=y", "w/sync/a=3,b=z"])
    let unequal = text.replacing("[x, y, z]", with: "[x, y]")
    #expect(problems(unequal).contains { $0.contains("'a' has 3, 'b' has 2") })
  }

  @Test func aRangeOfAVariable() throws {
    let text = """
      variables: { d: { from: 1ms, to: 3ms, step: 1ms } }
      workloads: { w: { plugin: sleep, duration: "${d}" } }
      strategies: { sync: }
      """
    #expect(try ids(text) == ["w/sync/d=1ms", "w/sync/d=2ms", "w/sync/d=3ms"])
  }
}
