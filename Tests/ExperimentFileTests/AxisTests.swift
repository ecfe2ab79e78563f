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

  private static let ranges: [(setting: String, texts: [String], numbers: [Double])] = [
    ("share: { from: 0, to: 0.3, step: 0.1 }", ["0", "0.1", "0.2", "0.3"], [0, 0.1, 0.2, 0.3]),
    ("share: { from: 20%, to: 0%, step: -10% }", ["20%", "10%", "0%"], [0.2, 0.1, 0]),
    ("share: { from: 0.4, to: 0.1, factor: 0.5 }", ["0.4", "0.2", "0.1"], []),
    ("duration: { from: 0, to: 4ms, step: 2ms }", ["0ms", "2ms", "4ms"], [0, 0.002, 0.004]),
    ("duration: { from: 0s, to: 4ms, step: 2ms }", ["0s", "0.002s", "0.004s"], []),
    ("duration: { from: 1s, to: 0.25s, factor: 0.5 }", ["1s", "0.5s", "0.25s"], []),
    (
      "duration: { from: 1e-12s, to: 1e-10s, factor: 10 }", ["1e-12s", "1e-11s", "1e-10s"], [1e-12, 1e-11]
    ),
    ("tasks: { from: 8, to: 1, factor: 0.5 }", ["8", "4", "2", "1"], []),
    ("tasks: { from: 9, to: 2, step: -3 }", ["9", "6", "3"], []),
    ("tasks: { from: 5, to: 5, step: 1 }", ["5"], []),
    (
      "tasks: { from: 1, to: 12, factor: 1.25 }", ["1", "2", "3", "4", "5", "6", "7", "9", "12"], []
    ),
    ("size: { from: 0, to: 2KiB, step: 1KiB }", ["0", "1024", "2048"], [0, 1024, 2048]),
    ("size: { from: 3, to: 7, factor: 1.5 }", ["3", "5", "7"], [3, 5, 7]),
    ("size: { from: 4KiB, to: 1KiB, factor: 0.5 }", ["4KiB", "2KiB", "1KiB"], [4096, 2048, 1024]),
  ]

  @Test(arguments: ranges)
  func rangesOfEveryKind(setting: String, texts: [String], numbers: [Double]) throws {
    let levels = try levels(setting, of: String(setting.prefix { $0 != ":" }))
    #expect(levels.map(\.text) == texts)
    for (level, number) in zip(levels, numbers) {
      #expect(abs((level.value.number ?? .nan) - number) < 1e-12)
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
    ("tasks: { from: 1, to: 4, step: -1 }", "is empty"), ("tasks: { from: 4, to: 1, factor: 2 }", "is empty"),
    ("tasks: { from: 1, to: 4, factor: 0.5 }", "is empty"), ("tasks: { from: 1, to: 4, factor: -2 }", "above 1"),
    ("tasks: { from: 0, to: 4, factor: 2 }", "'from' above 0"), ("tasks: { from: 4, to: 0, step: -1 }", "at least 1"),
    ("tasks: { from: 01, to: 4, step: 1 }", "leading zero"),
    ("duration: { from: 0, to: 4, step: 1 }", "without a unit"),
    ("duration: { from: 2ms, to: 1ms, step: 1 }", "without a unit"),
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

  @Test(
    arguments: [
      ("{ from: 0, to: 1, step: 0.5 }", ["0", "0.5", "1"], [0, 0.5, 1]),
      ("{ from: 10%, to: 30%, step: 10% }", ["10%", "20%", "30%"], [0.1, 0.2, 0.3]),
      ("{ from: 100/s, to: 400/s, factor: 2 }", ["100/s", "200/s", "400/s"], [100, 200, 400]),
      ("{ from: 0, to: 60/min, step: 30/min }", ["0/min", "30/min", "60/min"], [0, 0.5, 1]),
      ("{ from: 4ms, to: 1ms, factor: 0.5 }", ["4ms", "2ms", "1ms"], [0.004, 0.002, 0.001]),
      ("{ from: -1, to: -3, step: -1 }", ["-1", "-2", "-3"], [-1, -2, -3]),
      ("{ from: -0.2, to: 0.2, step: 0.2 }", ["-0.2", "0", "0.2"], [-0.2, 0, 0.2]),
    ] as [(String, [String], [Double])])
  func rangesOfVariables(range: String, texts: [String], numbers: [Double]) throws {
    let plan = try plan(
      "variables: { v: \(range) }\nworkloads: { w: { plugin: sleep, names: ['${v}'] } }\nstrategies: { sync: }")
    let levels = plan.cells.compactMap { $0.levels[0] }
    #expect(levels.map(\.text) == texts)
    for (level, number) in zip(levels, numbers) { #expect(abs((level.value.number ?? .nan) - number) < 1e-12) }
  }

  @Test func aRateIsARange() throws {
    let plan = try plan(minimal + "arrivals: { rate: { from: 300/s, to: 100/s, step: -100/s } }")
    #expect(plan.cells.map(\.arrivals?.rate) == [300, 200, 100])
    #expect(plan.cells.last?.id == "nap/sync/arrivals_rate=100%2Fs")
  }

  @Test(arguments: [("[01, 02]", 2), ("007", 1), ("[1, 0_1]", 1)])
  func leadingZerosAreRefusedInVariables(value: String, count: Int) {
    let found = load(
      "variables: { v: \(value) }\nworkloads: { w: { plugin: sleep, names: ['${v}'] } }\nstrategies: [sync]"
    )
    .diagnostics
    #expect(found.count == count)
    #expect(found.allSatisfy { $0.message.contains("leading zero") && $0.hint?.contains("quote it") == true })
  }

  /// What stands in quotes is a text.
  @Test func quotedZerosAreTexts() throws {
    let plan = try plan(
      "variables: { v: ['007', '010'] }\nworkloads: { w: { plugin: sleep, names: ['${v}'] } }\nstrategies: [sync]")
    #expect(plan.cells.map { $0.levels[0]?.value } == [.string("007"), .string("010")])
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
