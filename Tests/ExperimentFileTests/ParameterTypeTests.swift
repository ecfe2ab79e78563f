import MarkedText
import Model
import Testing
import YAML

@testable import ExperimentFile

/// Parameters that are files, switches or anything, those that name what is known only when a task runs, and metrics
/// that are there only where a file asks for them.
struct ParameterTypeTests {
  private static let catalog = Catalog(
    strategies: [
      PluginDescription(
        .strategy, "locked", summary: "",
        parameters: [
          ParameterSchema(
            "lock",
            .switchable([
              ParameterSchema("interval", .duration, default: .number(0.005), minimum: 1e-6, help: ""),
              ParameterSchema("fair", .boolean, default: .boolean(true), help: ""),
            ]), default: .boolean(false), help: "")
        ], metrics: [PluginDescription.Metric("switches", ifSet: "lock"), "always"])
    ],
    workloads: [
      PluginDescription(
        .workload, "load", summary: "",
        parameters: [
          ParameterSchema("library", .file, help: ""),
          ParameterSchema("files", .list(.file), help: ""),
          ParameterSchema("settings", .any, help: ""),
          ParameterSchema("command", .list(.string), help: ""),
        ], taskReferences: ["task"])
    ])

  private func load(
    work: String = "{}", strategy: String = "{}", name: String = "test.yaml", overrides: Overrides = Overrides()
  ) -> LoadResult {
    load(file(work: work, strategy: strategy), name: name, overrides: overrides)
  }

  private func file(work: String = "{}", strategy: String = "{}") -> MarkedText {
    MarkedText(
      "workloads: { load: \(work) }\nstrategies: { locked: \(strategy), one: { plugin: locked } }\nbaseline: one\n")
  }

  private func load(
    _ text: MarkedText, name: String = "test.yaml", overrides: Overrides = Overrides()
  ) -> LoadResult {
    ExperimentFile.load(
      [text.source(named: name)], overrides: overrides, catalog: Self.catalog,
      readFile: { _ in throw NoSuchFile() }, objection: { _, _ in nil })
  }

  private func plan(_ result: LoadResult) throws -> Plan {
    #expect(result.diagnostics.map { $0.rendered.text } == [])
    return try #require(result.experiments.first).plan
  }

  private func work(_ name: String, _ text: String, file: String = "test.yaml") throws -> Value? {
    try plan(load(work: "{ \(name): \(text) }", name: file)).cells[0].workloadPlugin?.parameters[name]
  }

  private func messages(_ result: LoadResult) -> String {
    result.diagnostics.map { $0.rendered.text }.joined(separator: "\n")
  }

  // MARK: - Anything

  @Test(arguments: [
    ("1_000", Value.integer(1000)), ("0.5", .number(0.5)), ("true", .boolean(true)), ("no", .string("no")),
    ("'7'", .string("7")), ("~", .null), ("5ms", .string("5ms")),
    ("{ a: [1, x], b: { c: } }", .map(["a": .list([.integer(1), .string("x")]), "b": .map(["c": .null])])),
  ])
  func anythingIsReadAsYAMLSays(text: String, value: Value) throws {
    #expect(try work("settings", text) == value)
  }

  @Test func aListOfAnythingIsOneValue() throws {
    let result = load(work: "{ settings: [1, 2] }")
    #expect(try plan(result).cells.count == 2)
  }

  // MARK: - Files

  @Test(arguments: [
    ("lib.so", "test.yaml", "lib.so"), ("lib.so", "a/b/test.yaml", "a/b/lib.so"),
    ("../lib.so", "a/test.yaml", "a/../lib.so"), ("/lib.so", "a/test.yaml", "/lib.so"),
  ])
  func filesAreNamedRelativeToTheExperiment(text: String, file: String, path: String) throws {
    #expect(try work("library", text, file: file) == .string(path))
    #expect(try work("files", "[x, \(text)]", file: file)?.list?.last == .string(path))
  }

  @Test func filesOfTheCommandLineAreRelativeToTheCaller() throws {
    var overrides = Overrides()
    overrides.set = ["workloads.load.library=lib.so"]
    let plan = try plan(load(name: "a/test.yaml", overrides: overrides))
    #expect(plan.cells[0].workloadPlugin?.parameters["library"] == .string("lib.so"))
  }

  @Test func aFileWithoutANameIsAnError() {
    #expect(messages(load(work: "{ library: '' }")).contains("'library' must be the path of a file: it is empty"))
  }

  // MARK: - Switches

  private static let on: Value = .map(["interval": .number(0.005), "fair": .boolean(true)])

  @Test(arguments: [
    ("false", Value.boolean(false)), ("true", on), ("{}", on),
    ("{ interval: 1ms }", .map(["interval": .number(0.001), "fair": .boolean(true)])),
  ])
  func aSwitchHasAllItsSettingsOrNone(text: String, value: Value) throws {
    let plan = try plan(load(strategy: "{ lock: \(text) }"))
    #expect(plan.cells[0].strategyPlugin.parameters["lock"] == value)
  }

  @Test func aListOfSwitchesIsAnAxis() throws {
    let plan = try plan(load(strategy: "{ lock: [false, true, { interval: 1ms }] }"))
    #expect(
      plan.cells.dropLast().map { $0.strategyPlugin.parameters["lock"] } == [
        .boolean(false), Self.on, .map(["interval": .number(0.001), "fair": .boolean(true)]),
      ])
    #expect(Set(plan.cells.map(\.id)).count == 4)
    #expect(plan.axes.map(\.name).contains("lock"))
  }

  @Test(arguments: [
    ("{ «intervall»: 1ms }", "unknown key 'intervall' in 'lock'", "did you mean 'interval'?"),
    ("{ interval: «5» }", "'interval' must be a duration", "write 5s"),
    ("{ interval: «0s» }", "'interval' must be at least", ""),
    ("«maybe»", "'lock' must be", "'maybe'"),
    ("«{ from: 1, to: 2, step: 1 }»", "it can't be a range", ""),
  ])
  func mistakesInSwitches(marked: String, words: String, more: String) {
    let text = file(strategy: "{ lock: \(marked) }")
    let result = load(text)
    let found = messages(result)
    #expect(found.contains(words), "\(found)")
    #expect(more.isEmpty || found.contains(more), "\(found)")
    #expect(result.diagnostics.map(\.span) == text.spans)
  }

  // MARK: - What is known only when a task runs

  @Test func taskReferencesStayAsTheyAre() throws {
    let value = try work("command", "[convert, \"${task}.png\"]")
    #expect(value == .list([.string("convert"), .string("${task}.png")]))
    #expect(messages(load(work: "{ command: [\"${tusk}\"] }")).contains("'tusk'"))
  }

  // MARK: - Metrics

  @Test(arguments: [("{}", ["always"]), ("{ lock: false }", ["always", "switches"])])
  func someMetricsAreThereOnlyWhereTheirParameterIsSet(strategy: String, metrics: [String]) throws {
    #expect(try plan(load(strategy: strategy)).metrics == metrics)
  }
}
