internal import Model
internal import PluginKit
internal import Strategies
internal import Workloads

/// The plugins that come with concrun.
enum BuiltIn {
  static var catalog: Catalog {
    Catalog(strategies: builtInStrategies.map { $0.description }, workloads: builtInWorkloads.map { $0.description })
  }

  static func strategy(_ name: String) -> (any Strategy.Type)? {
    builtInStrategies.first { $0.description.name == name }
  }

  static func workload(_ name: String) -> (any Workload.Type)? {
    builtInWorkloads.first { $0.description.name == name }
  }
}
