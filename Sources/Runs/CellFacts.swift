package import Model
package import Results

/// The facts about a cell that statistics need, from a plan, from a manifest, or only from the cell's trials.
package struct CellFacts: Sendable {
  /// The id of the cell.
  package var id: String
  /// The label of the workload.
  package var workload: String
  /// The label of the strategy.
  package var strategy: String
  /// One place for each axis.
  package var levels: [Value?]
  /// The parameters of the strategy; empty where only trials are known.
  package var strategyParameters: [String: Value]
  /// The relation of the strategy's workers to threads, and so to CPUs.
  package var parallelism: PluginDescription.Parallelism
  /// True if the tasks are requests.
  package var sendsRequests: Bool
  /// The id of the cell that it is compared with; `nil` if there is none.
  package var baseline: String?
  /// The schedule by which tasks become due; `nil` if each starts as soon as a worker is free.
  package var arrivals: Arrivals?

  /// Takes the facts from a plan.
  package init(_ cell: Cell, in plan: Plan) {
    id = cell.id
    workload = cell.workload
    strategy = cell.strategy
    levels = cell.levels.map { $0?.value }
    strategyParameters = cell.strategyPlugin.parameters
    parallelism = cell.strategyPlugin.description.parallelism
    sendsRequests = cell.sendsRequests
    baseline = cell.baseline.map { plan.cells[$0].id }
    arrivals = cell.arrivals
  }

  /// Takes the facts from a manifest, and from the catalog where the manifest doesn't have them.
  ///
  /// - Parameter axes: the names of the run's axes.
  package init(_ cell: Manifest.CellRecord, axes: [String], catalog: Catalog) {
    id = cell.cellID
    workload = cell.workload
    strategy = cell.strategy
    levels = axes.map { cell.levels[$0] }
    strategyParameters = cell.strategyPlugin.parameters
    parallelism =
      cell.strategyPlugin.parallelism.flatMap { PluginDescription.Parallelism.named[$0] }
      ?? catalog.strategy(cell.strategyPlugin.name)?.parallelism ?? .unknown
    sendsRequests = cell.workloadPlugin.flatMap { catalog.workload($0.name)?.requests } != nil
    baseline = cell.baseline
    arrivals = cell.arrivals
  }

  /// Takes the facts from trials alone. A strategy with the name of a plugin counts as that plugin.
  package init(_ cell: TrialColumns.CellIdentity, baseline: String?, catalog: Catalog) {
    id = cell.id
    workload = cell.workload
    strategy = cell.strategy
    levels = cell.levels
    strategyParameters = [:]
    parallelism = catalog.strategy(cell.strategy)?.parallelism ?? .unknown
    sendsRequests = false
    self.baseline = baseline
  }
}
