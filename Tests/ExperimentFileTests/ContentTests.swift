import MarkedText
import Model
import Results
import Testing
import YAML

@testable import ExperimentFile

/// Files whose bytes are the value of a parameter: `body_from`.
struct ContentTests {
  private static let catalog = Catalog(
    strategies: [PluginDescription(.strategy, "sync", summary: "", parallelism: .oneThread)],
    workloads: [
      PluginDescription(
        .workload, "post", summary: "",
        parameters: [
          ParameterSchema("body", .string, help: ""), ParameterSchema("body_from", .content, help: ""),
          ParameterSchema("note", .string, help: ""),
        ])
    ])

  private static let files: [String: [UInt8]] = [
    "a/body.json": Array(#"{"a": "${nobody}"}"#.utf8), "a/other.json": [0, 255, 13, 10], "a/empty": [],
    "a/${odd}": [1], "/tmp/abs": [2],
    "a/large": [UInt8](repeating: 7, count: FileContent.maximumBytes + 1),
  ]

  private func load(
    _ work: String, variables: String = "{}", files: [String: [UInt8]] = Self.files, environment: [String: String] = [:]
  ) -> (result: LoadResult, text: MarkedText) {
    let text = MarkedText("variables: \(variables)\nworkloads: { post: \(work) }\nstrategies: { sync: }\n")
    let result = ExperimentFile.load(
      [text.source(named: "a/test.yaml")], catalog: Self.catalog, environment: environment,
      readFile: { path in
        guard let bytes = files[path] else { throw NoSuchFile() }
        return bytes
      }, objection: { _, _ in nil })
    return (result, text)
  }

  private func plan(
    _ work: String, variables: String = "{}", files: [String: [UInt8]] = Self.files, environment: [String: String] = [:]
  ) throws -> Plan {
    let result = load(work, variables: variables, files: files, environment: environment).result
    #expect(result.diagnostics.map { $0.rendered.text } == [])
    return try #require(result.experiments.first).plan
  }

  private func content(_ plan: Plan, cell: Int = 0) -> FileContent? {
    plan.cells[cell].workloadPlugin?.parameters["body_from"].flatMap(FileContent.init)
  }

  @Test(arguments: [
    ("body.json", "a/body.json"), ("other.json", "a/other.json"), ("empty", "a/empty"), ("/tmp/abs", "/tmp/abs"),
    ("'$${odd}'", "a/${odd}"),
  ])
  func theValueIsAPathAndADigest(text: String, path: String) throws {
    let bytes = try #require(Self.files[path])
    #expect(try content(plan("{ body_from: \(text) }")) == FileContent(path: path, content: bytes))
  }

  @Test func filesAreAnAxisByTheirNames() throws {
    let plan = try plan("{ body_from: [body.json, '${part}.json', empty] }", variables: "{ part: other }")
    #expect(
      plan.cells.map(\.id) == [
        "post/sync/body_from=body.json", "post/sync/body_from=other.json", "post/sync/body_from=empty",
      ])
    #expect((0..<3).map { content(plan, cell: $0)?.bytes } == [18, 4, 0])
    #expect(plan.cells[1].levels[0]?.value == .string("other.json"))
  }

  @Test func variablesWithSeveralValuesNameSeveralFiles() throws {
    let plan = try plan(
      "{ body_from: '${part}.json', note: 'sends ${body_from}' }", variables: "{ part: [body, other] }")
    #expect(plan.cells.map(\.id) == ["post/sync/part=body", "post/sync/part=other"])
    #expect((0..<2).map { content(plan, cell: $0)?.path } == ["a/body.json", "a/other.json"])
    #expect(plan.cells[1].workloadPlugin?.parameters["note"] == .string("sends other.json"))
  }

  /// A changed file is another plan, so that no run goes on with it.
  @Test func otherBytesAreAnotherPlan() throws {
    let digest = try plan("{ body_from: body.json }").digest
    #expect(try plan("{ body_from: body.json }").digest == digest)
    var files = Self.files
    files["a/body.json"]?[3] = 0x62
    #expect(try plan("{ body_from: body.json }", files: files).digest != digest)
  }

  @Test func aPathMayHaveASecret() throws {
    let plan = try plan("{ body_from: '${env:DIR}/abs' }", environment: ["DIR": "/tmp"])
    #expect(content(plan)?.path.contains("/tmp") == false)
    #expect(content(plan.revealed) == FileContent(path: "/tmp/abs", content: [2]))
  }

  @Test(arguments: [
    ("{ body_from: «nowhere» }", "'body_from': nowhere: No such file or directory"),
    ("{ body_from: [body.json, «nowhere»] }", "'body_from': nowhere: No such file or directory"),
    ("{ body_from: «large» }", "'body_from': large: it has more than 67108864 bytes"),
    ("{ body_from: «''» }", "'body_from' must be the path of a file, and this is"),
    ("{ body_from: «{ a: 1 }» }", "'body_from' must be the path of a file, and this is a mapping"),
    ("{ body: «{ a: 1 }» }", "'body' must be a text, and this is a mapping"),
    ("{ body: «{ \"a\": [1, 2] }» }", "'body' must be a text, and this is a mapping"),
    ("{ body_from: [body.json, «body.json»] }", "'body.json' stands twice in 'body_from'"),
    ("{ body_from: «'${part}'» }", "nothing is called 'part'"),
    ("{ «body_form»: body.json }", "unknown key 'body_form' for workload 'post'"),
  ])
  func mistakes(work: String, words: String) {
    let (result, text) = load(work)
    #expect(result.diagnostics.count == 1)
    #expect(result.diagnostics.first?.message.hasPrefix(words) == true, "\(result.diagnostics.map(\.message))")
    #expect(result.diagnostics.map(\.span) == text.spans)
  }
}
