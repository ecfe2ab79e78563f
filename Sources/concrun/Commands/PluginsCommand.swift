internal import ArgumentParser
internal import ExperimentFile
internal import Model
internal import Reports

struct PluginsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "plugins", abstract: "List every strategy and workload; with a name, its parameters.",
    discussion: """
      External plugins are programs in plugins/, and in the folders of CONCRUN_PLUGIN_PATH; docs/plugins.md says how to \
      write one.
      """)

  @Argument(
    help: "A strategy or a workload.",
    completion: .custom { _, _, _ in (BuiltIn.catalog.strategies + BuiltIn.catalog.workloads).map(\.name) })
  var name: String?

  func run() throws {
    var catalog = BuiltIn.catalog
    if let name, let plugin = catalog.strategy(name) ?? catalog.workload(name) {
      return try Console.output(PluginReport.details(of: plugin))
    }
    let found = InstalledPlugins.tellingOfSlowOnes.found(nil)
    catalog.strategies += found.strategies
    guard let name else {
      try Console.output(
        PluginReport.list(
          strategies: catalog.strategies, workloads: catalog.workloads,
          unusable: found.problems.map { ($0.path, $0.reason) }))
      return
    }
    guard let plugin = catalog.strategy(name) else {
      let all = (catalog.strategies + catalog.workloads).map(\.name)
      let hint = spellingHint(for: name, among: all).map { ": \($0)" } ?? ""
      let unusable = found.problems.map { "\n  \($0.path) can't be used: \($0.reason)" }.joined()
      throw ValidationError("no plugin is called '\(name)'\(hint)\(unusable)")
    }
    try Console.output(PluginReport.details(of: plugin))
  }
}
