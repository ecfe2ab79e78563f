import Model
import Testing

@testable import ExperimentFile

struct VariableTests {
  private let text = """
    variables: { size: [1KiB, 64KiB], who: me }
    workloads:
      big: { plugin: sleep, size: "${size}", names: ["${who}-${size}", "$${who}"] }
      small: { plugin: sleep }
    strategies: { sync: }
    """

  @Test func isAnAxisOnlyOfWhatUsesIt() throws {
    #expect(try ids(text) == ["big/sync/size=1KiB", "big/sync/size=64KiB", "small/sync"])
  }

  @Test func standsAsWrittenInTextsAndAsNumberInItsColumn() throws {
    let plan = try plan(text)
    #expect(plan.axes == [Axis(name: "size", side: .work), Axis(name: "max_workers", side: .strategy)])
    #expect(plan.cells[1].levels[0] == Level(text: "64KiB", value: .integer(65536)))
    let parameters = try #require(plan.cells[1].workloadPlugin).parameters
    #expect(parameters["names"] == .list([.string("me-64KiB"), .string("${who}")]))
    #expect(parameters["size"] == .integer(65536))
    #expect(parameters["tasks"] == .integer(160))
  }

  @Test func aProgramMayUseItsOwnWorkers() throws {
    let plan = try plan(
      """
      variables: { size: [10, 20] }
      strategies:
        tool: { plugin: program, command: [run, -j, "${max_workers}", "${size}"], max_workers: [1, 2] }
      """)
    #expect(
      plan.cells.map(\.id) == [
        "program/tool/max_workers=1,size=10", "program/tool/max_workers=2,size=10",
        "program/tool/max_workers=1,size=20",
        "program/tool/max_workers=2,size=20",
      ])
    #expect(
      plan.cells[3].strategyPlugin.parameters["command"] == .list(["run", "-j", "2", "20"].map(Value.string)))
  }

  @Test(arguments: [
    ("workloads: { w: { plugin: sleep, names: ['${nobody}'] } }\nstrategies: { sync: }", "nothing is called 'nobody'"),
    ("workloads: { w: { plugin: sleep, names: ['${a'] } }\nstrategies: { sync: }", "without a '}'"),
    ("variables: { a: x }\n" + minimal, "is used nowhere"),
    ("variables: { max_workers: [1] }\n" + minimal, "can't be called"),
    ("variables: { a: '${b}' }\n" + minimal, "can't refer to other"),
    ("variables: { 9a: 1 }\n" + minimal, "isn't a name"),
    ("variables: { a: [1, 1] }\n" + minimal, "stands twice"),
    ("variables: { wall_s: 1 }\n" + minimal, "column of the results"),
    ("strategies: { program: { command: ['${max_workers}'] } }", "doesn't set 'max_workers'"),
    ("strategies: { program: { command: [x], metrics: { wall_s: y } } }", "such a column already"),
    ("strategies: { program: { command: [x], metrics: { a: '(' } } }", "isn't a regular expression"),
    (
      "variables: { tasks: [1, 2] }\nworkloads: { w: { plugin: sleep, tasks: [3, 4], names: ['${tasks}'] } }\n"
        + "strategies: { sync: }", "both would be one column"
    ),
  ])
  func mistakes(text: String, words: String) {
    #expect(load(text).diagnostics.map { $0.rendered.text }.joined(separator: "\n").contains(words))
  }

  @Test func aParameterOfBothSidesHasTwoColumns() throws {
    let plan = try plan(
      """
      workloads: { w: { plugin: chunky, chunk_size: [1, 2] } }
      strategies: { threads: { chunk_size: [3], max_workers: 1 } }
      """)
    #expect(plan.axes.map(\.name) == ["workload_chunk_size", "strategy_chunk_size", "max_workers"])
    #expect(plan.cells[1].id == "w/threads/max_workers=1,strategy_chunk_size=3,workload_chunk_size=2")
  }
}
