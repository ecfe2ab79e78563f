package import Model

extension Manifest {
  /// A cell of the plan.
  package struct CellRecord: Codable, Sendable {
    /// The id of the cell.
    package var cellID: String
    /// The label of the workload.
    package var workload: String
    /// The label of the strategy.
    package var strategy: String
    /// The values of the cell's levels, by axis.
    package var levels: [String: Value]
    /// The workload; absent for a strategy that brings its own work.
    package var workloadPlugin: PluginRecord?
    /// The strategy.
    package var strategyPlugin: PluginRecord
    /// The settings of the embedded server; absent if the cell doesn't use it.
    package var origin: [String: Value]?
    /// The arrival schedule; absent if a task is due as soon as a worker is free.
    package var arrivals: Arrivals?
    /// The environment variables that the file sets for this cell alone; absent if there are none.
    package var environment: [String: String]?
    /// The commands around this cell's trials that differ from cell to cell, by moment; absent if there are none.
    package var hooks: [String: [String]]?
    /// The id of the cell that this one is compared with; absent if there is none.
    package var baseline: String?

    private enum CodingKeys: String, CodingKey {
      case cellID = "cell_id"
      case workload, strategy, levels
      case workloadPlugin = "workload_plugin"
      case strategyPlugin = "strategy_plugin"
      case origin, arrivals
      case environment = "env"
      case hooks, baseline
    }
  }

  /// A plugin with the values of its parameters.
  package struct PluginRecord: Codable, Sendable {
    /// The name of the plugin.
    package var name: String
    /// The values of the parameters, by name.
    package var parameters: [String: Value]
    /// The path of the program that contains the plugin; absent for a built-in plugin.
    package var program: String?
    /// The parallelism that an external plugin declares; absent if it declares none.
    package var parallelism: String?
  }
}

extension Manifest.CellRecord {
  init(_ cell: Cell, in plan: Plan) {
    let levels = zip(plan.axes, cell.levels).compactMap { axis, level in level.map { (axis.name, $0.value) } }
    self.init(
      cellID: cell.id, workload: cell.workload, strategy: cell.strategy,
      levels: Dictionary(levels, uniquingKeysWith: { first, _ in first }),
      workloadPlugin: cell.workloadPlugin.map { Manifest.PluginRecord($0) },
      strategyPlugin: Manifest.PluginRecord(cell.strategyPlugin),
      origin: cell.origin, arrivals: cell.arrivals,
      environment: cell.environment.isEmpty ? nil : cell.environment,
      hooks: cell.hooks.commands.isEmpty
        ? nil : Dictionary(uniqueKeysWithValues: cell.hooks.commands.map { ($0.key.rawValue, $0.value) }),
      baseline: cell.baseline.map { plan.cells[$0].id })
  }
}

extension Manifest.PluginRecord {
  init(_ plugin: ResolvedPlugin) {
    self.init(name: plugin.name, parameters: plugin.parameters)
    guard let external = plugin.description.external else { return }
    program = external.executable
    parallelism = plugin.description.parallelism.name
  }
}
