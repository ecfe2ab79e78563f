/// One combination to measure.
package struct Cell: Sendable {
  /// `workload/strategy/axis=value,…`, axes by name.
  package var id: String
  /// The workload's label. For a strategy that brings its own work: `program`.
  package var workload: String
  /// The strategy's label.
  package var strategy: String
  /// One place for each of the plan's axes; `nil` where this cell doesn't have it.
  package var levels: [Level?]
  package var workloadPlugin: ResolvedPlugin?
  package var strategyPlugin: ResolvedPlugin
  /// Index into the plan's cells of the one that this is compared with.
  package var baseline: Int?
  /// How the embedded server answers; `nil` where it isn't used.
  package var origin: [String: Value]?
  /// When tasks become due; `nil`: as soon as a worker is free.
  package var arrivals: Arrivals?
  /// How long each task waits, in seconds, where that is injected and fixed; `nil` elsewhere.
  package var injectedWait: Double?

  package init(
    id: String, workload: String, strategy: String, levels: [Level?], workloadPlugin: ResolvedPlugin?,
    strategyPlugin: ResolvedPlugin, baseline: Int? = nil, origin: [String: Value]? = nil, arrivals: Arrivals? = nil
  ) {
    self.id = id
    self.workload = workload
    self.strategy = strategy
    self.levels = levels
    self.workloadPlugin = workloadPlugin
    self.strategyPlugin = strategyPlugin
    self.baseline = baseline
    self.origin = origin
    self.arrivals = arrivals
  }

  /// The `max_workers` of the strategy; `nil` where it has no such parameter.
  package var maxWorkers: Int? { strategyPlugin.parameters[ParameterName.maxWorkers]?.integer }

  /// How many neighbouring tasks a worker claims at once, at least 1.
  package var chunkSize: Int { max(1, strategyPlugin.parameters[ParameterName.chunkSize]?.integer ?? 1) }

  /// The URLs that the tasks go through again and again; `nil` where the tasks are not requests.
  package var requestItems: [Value]? {
    guard let work = workloadPlugin, let requests = work.description.requests else { return nil }
    return requests.items.compactMap { work.parameters[$0]?.list }.first ?? []
  }

  /// Whether the tasks are requests.
  package var sendsRequests: Bool { workloadPlugin?.description.requests != nil }
}

/// A cell that the file or the command line left out.
package struct ExcludedCell: Sendable {
  package var cell: Cell
  /// Which condition did it: `exclude[0]` or `--only strategy=threads`.
  package var reason: String

  package init(_ cell: Cell, reason: String) {
    self.cell = cell
    self.reason = reason
  }
}
