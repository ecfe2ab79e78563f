internal import Model

/// Experiments that `doctor` makes up itself, as a file would have them.
enum ReferencePlan {
  /// A/A: two cells of the same name but for a number, which do the same.
  static func identicalCells(trials: Int, seed: Int) -> Plan {
    plan(trials: trials, warmup: 1, seed: seed, cells: (1...2).map { cell("\($0)", computing, sync) })
  }

  /// Some milliseconds on one CPU. Without optimisation, each step takes about 150 times as long.
  #if DEBUG
    private static let start = 5_000
  #else
    private static let start = 750_000
  #endif
  private static let count = 8

  /// What the medians in a record are of; those of other work don't count.
  static let work = "sum_of_squares start=\(start) count=\(count)"

  private static let computing = resolved(
    .workload, "sum_of_squares", ["start": .integer(start), "count": .integer(count)])
  private static let sync = resolved(.strategy, "sync")

  /// Trials that do nothing.
  static func empty(trials: Int) -> Plan {
    plan(trials: trials, warmup: 1, cells: [cell("empty", resolved(.workload, "null", ["tasks": .integer(1)]), sync)])
  }

  /// Downloads from the embedded server, which answers at once.
  static func downloads(_ count: Int) -> Plan {
    let work = resolved(
      .workload, "download", ["urls": .list([.string("\(originReference)/doctor")]), "repeat": .integer(count)])
    var downloads = cell("downloads", work, resolved(.strategy, "async", ["max_workers": .integer(32)]))
    downloads.origin = [:]
    return plan(trials: 1, warmup: 0, cells: [downloads])
  }

  private static func cell(_ label: String, _ work: ResolvedPlugin, _ strategy: ResolvedPlugin) -> Cell {
    Cell(
      id: "\(label)/\(strategy.plugin)", workload: label, strategy: strategy.plugin, levels: [], workloadPlugin: work,
      strategyPlugin: strategy)
  }

  private static func plan(trials: Int, warmup: Int, seed: Int = 1, cells: [Cell]) -> Plan {
    var settings = RunSettings()
    settings.trials = trials
    settings.warmup = warmup
    settings.seed = seed
    settings.timeout = 30
    return Plan(experiment: "doctor", axes: [], cells: cells, settings: settings, catalog: BuiltIn.catalog)
  }

  /// A plugin, completed by its defaults.
  private static func resolved(
    _ kind: PluginDescription.Kind, _ name: String, _ values: [String: Value] = [:]
  ) -> ResolvedPlugin {
    let catalog = BuiltIn.catalog
    let description = kind == .strategy ? catalog.strategy(name) : catalog.workload(name)
    let defaults = (description?.parameters ?? []).compactMap { schema in
      schema.defaultValue.map { (schema.name, $0) }
    }
    return ResolvedPlugin(
      plugin: name, parameters: Dictionary(defaults, uniquingKeysWith: { first, _ in first }).merging(values) { $1 })
  }
}
