import Model
import Reports
import TestFiles
import Testing

/// Plugins, as `concrun plugins` shows them.
struct PluginReportTests {
  private let threads = PluginDescription(
    .strategy, "threads", summary: "A pool of threads.",
    parameters: [
      ParameterSchema(
        "max_workers", .integer, default: .integer(5), minimum: 1, maximum: 10_000, help: "Threads in the pool."),
      ParameterSchema("wait", .duration, default: .number(0.005), minimum: 0, maximum: 3600, help: "A time."),
      ParameterSchema("limit", .duration, minimum: 0.0001, help: "Another time."),
      ParameterSchema("command", .list(.string), required: true, minimum: 1, help: "A command."),
      ParameterSchema("note", .string, default: .string(""), help: "A text."),
      ParameterSchema("mode", .choice(["a", "b"]), maximum: 3, help: "A choice."),
    ])
  private let sync = PluginDescription(.strategy, "sync", summary: "One after the other.")
  private let mine = PluginDescription(
    .strategy, "mine", summary: "Mine.",
    external: .init(executable: "plugins/mine.py", workloads: ["sleep", "download"]))

  @Test func allPluginsAreListed() throws {
    let list = PluginReport.list(
      strategies: [threads, mine], workloads: [PluginDescription(.workload, "null", summary: "Nothing.")],
      unusable: [("plugins/odd.py", "it said nothing")])
    #expect(try list == golden("plugins.txt", list))
    #expect(!PluginReport.list(strategies: [sync], workloads: [], unusable: []).contains("not usable"))
  }

  @Test func aPluginIsShownWithItsParameters() throws {
    let text = [threads, sync, mine].map { PluginReport.details(of: $0) }.joined(separator: "----\n")
    #expect(try text == golden("plugin_details.txt", text))
  }
}
