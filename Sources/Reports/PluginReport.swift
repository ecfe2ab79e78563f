package import Model

/// The report on plugins, as `concrun plugins` prints it.
package enum PluginReport {
  /// Returns the tables of all plugins.
  ///
  /// - Parameter unusable: programs that can't be used, and the reasons.
  package static func list(
    strategies: [PluginDescription], workloads: [PluginDescription], unusable: [(path: String, reason: String)]
  ) -> String {
    "strategies\n" + table(strategies) + "\nworkloads\n" + table(workloads) + table(unusable)
  }

  private static func table(_ plugins: [PluginDescription]) -> String {
    var table = TextTable([("name", .left), ("what it is", .left)])
    table.rows = plugins.map { plugin in
      [plugin.name, plugin.summary + (plugin.external.map { " (\($0.executable))" } ?? "")]
    }
    return table.plain()
  }

  private static func table(_ problems: [(path: String, reason: String)]) -> String {
    guard !problems.isEmpty else { return "" }
    var table = TextTable([("plugin", .left), ("why it can't be used", .left)])
    table.rows = problems.map { [$0.path, $0.reason] }
    return "\nnot usable\n" + table.plain()
  }

  /// Returns a plugin's description, with a table of its parameters.
  package static func details(of plugin: PluginDescription) -> String {
    let origin = plugin.external.map { "From \($0.executable); does \($0.workloads.joined(separator: ", ")).\n" } ?? ""
    let head = "\(plugin.name): a \(plugin.kind.rawValue). \(plugin.summary)\n\(origin)"
    guard !plugin.parameters.isEmpty else { return head + "\nIt has no parameters.\n" }
    var table = TextTable([
      ("parameter", .left), ("type", .left), ("default", .left), ("range", .left), ("help", .left),
    ])
    table.rows = plugin.parameters.map { parameter in
      [
        parameter.name, parameter.type.name, defaultText(parameter), rangeText(parameter),
        parameter.help + (parameter.isSecret ? " Secret: it is never shown or stored." : ""),
      ]
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
