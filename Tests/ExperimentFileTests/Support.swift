import Model
import Testing
import YAML

@testable import ExperimentFile

/// Plugins made for these tests: what the decoder knows of plugins is what descriptions say.
let catalog = Catalog(
  strategies: [
    PluginDescription(.strategy, "sync", summary: "", parallelism: .oneThread),
    PluginDescription(
      .strategy, "threads", summary: "",
      parameters: [
        ParameterSchema("max_workers", .integer, default: .integer(5), minimum: 1, maximum: 10_000, help: ""),
        ParameterSchema("chunk_size", .integer, default: .integer(1), minimum: 1, help: ""),
      ]),
    PluginDescription(
      .strategy, "program", summary: "",
      parameters: [
        ParameterSchema("command", .list(.string), required: true, minimum: 1, help: "What to run."),
        ParameterSchema("max_workers", .integer, minimum: 1, help: ""),
        ParameterSchema("metrics", .map(.pattern), default: .map([:]), help: ""),
      ], needsWorkload: false),
  ],
  workloads: [
    PluginDescription(
      .workload, "sleep", summary: "",
      parameters: [
        ParameterSchema("tasks", .integer, default: .integer(160), minimum: 1, help: ""),
        ParameterSchema("duration", .duration, default: .number(0.005), minimum: 0, maximum: 3600, help: ""),
        ParameterSchema("size", .size, default: .integer(0), help: ""),
        ParameterSchema("names", .list(.string), default: .list([]), help: ""),
        ParameterSchema("fair", .boolean, default: .boolean(true), help: ""),
        ParameterSchema("share", .share, default: .number(0), help: ""),
      ]),
    PluginDescription(
      .workload, "fetch", summary: "",
      parameters: [
        ParameterSchema("urls", .list(.string), minimum: 1, help: ""),
        ParameterSchema("urls_from", .lines, minimum: 1, help: ""),
        ParameterSchema("repeat", .integer, default: .integer(1), minimum: 1, help: ""),
      ], exactlyOneOf: [["urls", "urls_from"]], requests: .init(items: ["urls", "urls_from"])),
    PluginDescription(
      .workload, "guarded", summary: "",
      parameters: [
        ParameterSchema("pin", .string, secret: true, help: ""), ParameterSchema("headers", .map(.string), help: ""),
        ParameterSchema("proxy", .string, help: ""), ParameterSchema("tasks", .integer, minimum: 1, help: ""),
        ParameterSchema("place", .file, help: ""), ParameterSchema("more", .any, help: ""),
      ]),
    PluginDescription(
      .workload, "chunky", summary: "",
      parameters: [ParameterSchema("chunk_size", .integer, default: .integer(7), help: "")]),
  ],
  origin: [
    ParameterSchema("latency", .duration, default: .number(0), minimum: 0, maximum: 3600, help: ""),
    ParameterSchema("size", .size, default: .integer(1024), minimum: 0, help: ""),
  ])

func load(
  _ text: String, name: String = "test.yaml", overrides: Overrides = Overrides(), environment: [String: String] = [:]
) -> LoadResult {
  load([Source(name: name, bytes: Array(text.utf8))], overrides: overrides, environment: environment)
}

/// Files that experiment files name, for `urls_from` and the like.
let files = [
  "lists/urls.txt": "http://127.0.0.1/a # the first\n\n# none\n  http://127.0.0.1/b  \n",
  "lists/secrets.txt": "http://me:linepassword@127.0.0.1/a?key=linekeykey\n",
  "lists/templates.txt": "${origin}/a?size=${size}\n",
]

struct NoSuchFile: Error, CustomStringConvertible {
  let description = "No such file or directory"
}

func load(
  _ sources: [Source], overrides: Overrides = Overrides(), environment: [String: String] = [:]
) -> LoadResult {
  ExperimentFile.load(
    sources, overrides: overrides, catalog: catalog, environment: environment,
    readFile: { path in
      guard let text = files[path] else { throw NoSuchFile() }
      return Array(text.utf8)
    },
    objection: { _, plugin in
      plugin.parameters["share"]?.number == 0.25 ? ("share", nil, "a quarter is too much") : nil
    })
}

/// The plan of a file that must be without errors.
func plan(_ text: String, overrides: Overrides = Overrides()) throws -> Plan {
  let result = load(text, overrides: overrides)
  #expect(result.usageErrors == [])
  #expect(result.diagnostics.filter { $0.severity == .error }.map { $0.rendered.text } == [])
  return try #require(result.experiments.first).plan
}

func ids(_ text: String, overrides: Overrides = Overrides()) throws -> [String] {
  try plan(text, overrides: overrides).cells.map(\.id)
}

/// The message of every problem.
func problems(_ text: String, overrides: Overrides = Overrides()) -> [String] {
  load(text, overrides: overrides).diagnostics.map(\.message)
}

let minimal = """
  workloads: { nap: { plugin: sleep } }
  strategies: { sync: }

  """
