internal import ArgumentParser
internal import ExperimentFile
internal import Model

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
      return try Console.output(Self.details(plugin))
    }
    let found = InstalledPlugins().found(nil)
    catalog.strategies += found.strategies
    guard let name else {
      try Console.output(
        "strategies\n" + Self.list(catalog.strategies) + "\nworkloads\n" + Self.list(catalog.workloads)
          + Self.list(found.problems))
      return
    }
    guard let plugin = catalog.strategy(name) else {
      let all = (catalog.strategies + catalog.workloads).map(\.name)
      let hint = spellingHint(for: name, among: all).map { ": \($0)" } ?? ""
      let unusable = found.problems.map { "\n  \($0.path) can't be used: \($0.reason)" }.joined()
      throw ValidationError("no plugin is called '\(name)'\(hint)\(unusable)")
    }
    try Console.output(Self.details(plugin))
  }

  private static func list(_ plugins: [PluginDescription]) -> String {
    var table = TextTable([("name", .left), ("what it is", .left)])
    table.rows = plugins.map { plugin in
      [plugin.name, plugin.summary + (plugin.external.map { " (\($0.executable))" } ?? "")]
    }
    return table.plain()
  }

  private static func list(_ problems: [(path: String, reason: String)]) -> String {
    guard !problems.isEmpty else { return "" }
    var table = TextTable([("plugin", .left), ("why it can't be used", .left)])
    table.rows = problems.map { [$0.path, $0.reason] }
    return "\nnot usable\n" + table.plain()
  }

  private static func details(_ plugin: PluginDescription) -> String {
    let origin = plugin.external.map { "From \($0.executable); does \($0.workloads.joined(separator: ", ")).\n" } ?? ""
    let head = "\(plugin.name): a \(plugin.kind.rawValue). \(plugin.summary)\n\(origin)"
    guard !plugin.parameters.isEmpty else { return head + "\nIt has no parameters.\n" }
    var table = TextTable([
      ("parameter", .left), ("type", .left), ("default", .left), ("range", .left), ("help", .left),
    ])
    table.rows = plugin.parameters.map { parameter in
      [parameter.name, parameter.type.name, defaultText(parameter), rangeText(parameter), parameter.help]
    }
    return head + "\n" + table.compacted.plain()
  }

  private static func defaultText(_ parameter: ParameterSchema) -> String {
    if parameter.isRequired { return "required" }
    guard let value = parameter.defaultValue else { return "" }
    if parameter.type == .duration, let seconds = value.number { return Humanize.seconds(seconds, digits: 1) }
    return value.description.isEmpty || value == .map([:]) ? "none" : value.description
  }

  private static func rangeText(_ parameter: ParameterSchema) -> String {
    func text(_ bound: Double) -> String {
      guard parameter.type == .duration, bound != 0 else { return String(shortest: bound) }
      return bound < 1 ? Humanize.seconds(bound, digits: 1) : Humanize.wait(bound)
    }
    return switch (parameter.minimum, parameter.maximum) {
    case (let low?, let high?): "\(text(low)) … \(text(high))"
    case (let low?, nil): "≥ \(text(low))"
    case (nil, let high?): "≤ \(text(high))"
    case (nil, nil): ""
    }
  }
}
