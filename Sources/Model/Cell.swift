/// One combination of workload, strategy and levels to measure.
package struct Cell: Sendable {
  /// The text that identifies the cell: `workload/strategy/axis=value,…`, with axes sorted by name.
  package var id: String
  /// The workload's label; `program` for a strategy that brings its own work.
  package var workload: String
  /// The strategy's label.
  package var strategy: String
  /// The cell's levels, one place for each of the plan's axes; `nil` where the cell doesn't have that axis.
  package var levels: [Level?]
  /// The workload with its parameters; `nil` for a strategy that brings its own work.
  package var workloadPlugin: ResolvedPlugin?
  /// The strategy with its parameters.
  package var strategyPlugin: ResolvedPlugin
  /// The index, in the plan's cells, of the cell that this one is compared with; `nil` if there is none.
  package var baseline: Int?
  /// The settings of the embedded server; `nil` if the cell doesn't use it.
  package var origin: [String: Value]?
  /// The arrival schedule of the tasks; `nil` if a task is due as soon as a worker is free.
  package var arrivals: Arrivals?
  /// The fixed wait that is injected into each task, in seconds; `nil` if there is none or it varies.
  package var injectedWait: Double?
  /// The environment variables that the file sets for this cell alone, beside those of the plan.
  package var environment: [String: String] = [:]
  /// The commands around this cell's trials that differ from cell to cell, in place of those of the plan.
  package var hooks = Hooks()

  /// Makes a cell without an injected wait.
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

  /// The number of neighbouring tasks that a worker claims at once, at least 1.
  package var chunkSize: Int { max(1, strategyPlugin.parameters[ParameterName.chunkSize]?.integer ?? 1) }

  /// The URLs that the tasks cycle through; `nil` if the tasks are not requests.
  package var requestItems: [Value]? {
    guard let work = workloadPlugin, let requests = work.description.requests else { return nil }
    return requests.items.compactMap { work.parameters[$0]?.list }.first ?? []
  }

  /// The body of each request: a text, or a file's content; `nil` if the requests have no body.
  package var requestBody: Value? {
    workloadPlugin.flatMap { work in
      work.description.requests?.bodies.compactMap { work.parameters[$0] }.first
    }
  }

  /// A Boolean value that is true if the tasks are requests.
  package var sendsRequests: Bool { workloadPlugin?.description.requests != nil }
}

/// A cell that the experiment file or the command line leaves out.
package struct ExcludedCell: Sendable {
  /// The cell that is left out.
  package var cell: Cell
  /// The condition that excludes the cell, such as `exclude[0]` or `--only strategy=threads`.
  package var reason: String

  /// Makes an excluded cell.
  package init(_ cell: Cell, reason: String) {
    self.cell = cell
    self.reason = reason
  }
}
