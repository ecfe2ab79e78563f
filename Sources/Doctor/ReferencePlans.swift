internal import Model

/// The experiments that `doctor` makes itself, as a file would describe them.
struct ReferencePlans {
  /// Describes the built-in plugins that the plans use.
  let catalog: Catalog

  /// Returns an A/A experiment: two cells that do the same, and differ only in a number in their names.
  func identicalCells(trials: Int, seed: Int) -> Plan {
    let computing = work(
      "sum_of_squares", ["start": .integer(Self.start), "count": .integer(Self.count)])
    return plan(trials: trials, warmup: 1, seed: seed, cells: (1...2).map { cell("\($0)", doing: computing, by: sync) })
  }

  /// Some milliseconds on one CPU. Without optimisation, each step takes about 150 times as long.
  #if DEBUG
    private static let start = 5_000
  #else
    private static let start = 750_000
  #endif
  private static let count = 8

  /// The work of the medians in a record. Medians of other work don't count.
  static let work = "sum_of_squares start=\(start) count=\(count)"

  /// Returns trials that do nothing.
  func empty(trials: Int) -> Plan {
    plan(trials: trials, warmup: 1, cells: [cell("empty", doing: work("null", ["tasks": .integer(1)]), by: sync)])
  }

  /// Returns downloads from the embedded server, which answers without delay.
  func downloads(_ count: Int) -> Plan {
    let work = work(
      "download",
      ["urls": .list([.string("\(LateReference.origin.text)/doctor")]), ParameterName.repetitions: .integer(count)])
    let async = strategy("async", [ParameterName.maxWorkers: .integer(32)])
    var downloads = cell("downloads", doing: work, by: async)
    downloads.origin = [:]
    return plan(trials: 1, warmup: 0, cells: [downloads])
  }

  private var sync: ResolvedPlugin { strategy("sync", [:]) }

  private func cell(_ label: String, doing work: ResolvedPlugin, by strategy: ResolvedPlugin) -> Cell {
    Cell(
      id: CellID(workload: label, strategy: strategy.name, levels: []).text, workload: label, strategy: strategy.name,
      levels: [], workloadPlugin: work, strategyPlugin: strategy)
  }

  private func plan(trials: Int, warmup: Int, seed: Int = 1, cells: [Cell]) -> Plan {
    var settings = RunSettings()
    settings.trials = trials
    settings.warmup = warmup
    settings.seed = seed
    settings.timeout = 30
    return Plan(experiment: "doctor", axes: [], cells: cells, settings: settings)
  }

  private func work(_ name: String, _ values: [String: Value]) -> ResolvedPlugin {
    guard let description = catalog.workload(name) else { preconditionFailure("\(name) is built in") }
    return ResolvedPlugin(description, completing: values)
  }

  private func strategy(_ name: String, _ values: [String: Value]) -> ResolvedPlugin {
    guard let description = catalog.strategy(name) else { preconditionFailure("\(name) is built in") }
    return ResolvedPlugin(description, completing: values)
  }
}
