internal import ArgumentParser
internal import ExperimentFile
internal import Model

struct PluginsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "plugins", abstract: "List every strategy and workload; with a name, its parameters.")

  @Argument(
    help: "A strategy or a workload.",
    completion: .custom { _, _, _ in (BuiltIn.catalog.strategies + BuiltIn.catalog.workloads).map(\.name) })
  var name: String?

  func run() throws {
    let catalog = BuiltIn.catalog
    guard let name else {
      try Console.output(
        "strategies\n" + Self.list(catalog.strategies) + "\nworkloads\n" + Self.list(catalog.workloads))
      return
    }
    guard let plugin = catalog.strategy(name) ?? catalog.workload(name) else {
      let all = (catalog.strategies + catalog.workloads).map(\.name)
      let hint = spellingHint(for: name, among: all).map { ": \($0)" } ?? ""
      throw ValidationError("no plugin is called '\(name)'\(hint)")
    }
    try Console.output(Self.details(plugin))
  }

  private static func list(_ plugins: [PluginDescription]) -> String {
    var table = TextTable([("name", .left), ("what it is", .left)])
    table.rows = plugins.map { [$0.name, $0.summary] }
    return table.plain()
  }

  private static func details(_ plugin: PluginDescription) -> String {
    let head = "\(plugin.name): a \(plugin.kind.rawValue). \(plugin.summary)\n"
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
