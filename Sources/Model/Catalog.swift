/// All plugins that an experiment file may name, and the settings that `origin:` accepts.
package struct Catalog: Sendable {
  /// The known strategies, built in and external.
  package var strategies: [PluginDescription]
  /// The known workloads, built in and external.
  package var workloads: [PluginDescription]
  /// The settings of the embedded server.
  package var origin: [ParameterSchema]

  /// Makes a catalog of these plugins and settings.
  package init(
    strategies: [PluginDescription], workloads: [PluginDescription], origin: [ParameterSchema] = []
  ) {
    self.strategies = strategies
    self.workloads = workloads
    self.origin = origin
  }

  /// Returns the strategy of this name, or `nil` if there is none.
  package func strategy(_ name: String) -> PluginDescription? {
    strategies.first { $0.name == name }
  }

  /// Returns the workload of this name, or `nil` if there is none.
  package func workload(_ name: String) -> PluginDescription? {
    workloads.first { $0.name == name }
  }
}
