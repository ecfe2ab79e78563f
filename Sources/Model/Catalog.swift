/// Stands for the URL of the embedded server, which is known when it runs.
package let originReference = "${origin}"

/// Every plugin that a file may name, and what `origin:` may set.
package struct Catalog: Sendable {
  package var strategies: [PluginDescription]
  package var workloads: [PluginDescription]
  /// The settings of the embedded server.
  package var origin: [ParameterSchema]

  package init(
    strategies: [PluginDescription], workloads: [PluginDescription], origin: [ParameterSchema] = []
  ) {
    self.strategies = strategies
    self.workloads = workloads
    self.origin = origin
  }

  package func strategy(_ name: String) -> PluginDescription? {
    strategies.first { $0.name == name }
  }

  package func workload(_ name: String) -> PluginDescription? {
    workloads.first { $0.name == name }
  }
}
