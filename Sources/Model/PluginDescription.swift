/// What a plugin says of itself: enough to check a file, to plan, and to explain it to a user.
package struct PluginDescription: Hashable, Sendable {
  package enum Kind: String, Sendable {
    case strategy, workload
  }

  package var name: String
  package var kind: Kind
  /// One sentence.
  package var summary: String
  package var parameters: [ParameterSchema]
  /// Columns of its own at the end of trials.csv.
  package var metrics: [String]
  /// A strategy that brings its own work (`program`) and so combines with no workload.
  package var needsWorkload: Bool
  /// How many tasks may compute at the same time.
  package var parallelism: Parallelism
  /// A workload whose tasks each wait for this parameter's time and do nothing else.
  package var waitParameter: String?

  /// What the workers of a strategy are, as far as CPUs go.
  package enum Parallelism: Hashable, Sendable {
    /// All workers share one thread.
    case oneThread
    /// Each worker is an OS thread or a process.
    case threadPerWorker
    /// The workers share as many OS threads as this parameter says.
    case threads(parameter: String)
    /// The strategy runs something that concrun can't look into.
    case unknown
  }

  package init(
    _ kind: Kind, _ name: String, summary: String, parameters: [ParameterSchema] = [], metrics: [String] = [],
    needsWorkload: Bool = true, parallelism: Parallelism = .unknown, waitParameter: String? = nil
  ) {
    self.name = name
    self.kind = kind
    self.summary = summary
    self.parameters = parameters
    self.metrics = metrics
    self.needsWorkload = needsWorkload
    self.parallelism = parallelism
    self.waitParameter = waitParameter
  }

  package func parameter(_ name: String) -> ParameterSchema? {
    parameters.first { $0.name == name }
  }
}

/// Every plugin that a file may name.
package struct Catalog: Sendable {
  package var strategies: [PluginDescription]
  package var workloads: [PluginDescription]

  package init(strategies: [PluginDescription], workloads: [PluginDescription]) {
    self.strategies = strategies
    self.workloads = workloads
  }

  package func strategy(_ name: String) -> PluginDescription? {
    strategies.first { $0.name == name }
  }

  package func workload(_ name: String) -> PluginDescription? {
    workloads.first { $0.name == name }
  }
}
