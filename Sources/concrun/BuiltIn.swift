internal import Model
internal import OriginControl
internal import PluginKit
internal import Strategies
internal import Workloads

/// The plugins that come with concrun.
enum BuiltIn {
  static var catalog: Catalog {
    Catalog(
      strategies: builtInStrategies.map { $0.description }, workloads: builtInWorkloads.map { $0.description },
      origin: OriginParameters.schemas)
  }

  /// Returns the plugin's own objection to its parameters; `nil` where it has none.
  static func objection(
    _ kind: PluginDescription.Kind, _ plugin: ResolvedPlugin
  ) -> (parameter: String, item: Int?, problem: String)? {
    do {
      switch kind {
      case .workload:
        guard let type = workload(plugin.name) else { return nil }
        if let problem = originObjection(type.description, plugin) { return problem }
        _ = try type.init(ParameterValues(OriginBinding.placeholder(plugin.parameters)))
      case .strategy:
        _ = try strategy(plugin.name)?.init(ParameterValues(plugin.parameters))
      }
      return nil
    } catch let error as ParameterError {
      return (error.name, error.item, error.problem)
    } catch {
      return ("plugin", nil, "\(error)")
    }
  }

  private static func originObjection(
    _ type: PluginDescription, _ plugin: ResolvedPlugin
  ) -> (parameter: String, item: Int?, problem: String)? {
    for name in type.requests?.items ?? [] {
      for (index, item) in (plugin.parameters[name]?.list ?? []).enumerated() {
        if let problem = item.string.flatMap(OriginBinding.objection) { return (name, index, problem) }
      }
    }
    return nil
  }

  static func strategy(_ name: String) -> (any Strategy.Type)? {
    builtInStrategies.first { $0.description.name == name }
  }

  static func workload(_ name: String) -> (any Workload.Type)? {
    builtInWorkloads.first { $0.description.name == name }
  }
}
