/// One value of an axis: as the file has it, and as what it means.
package struct Level: Hashable, Sendable {
  /// As written, and so as cell ids and tables show it.
  package var text: String
  package var value: Value

  package init(text: String, value: Value) {
    self.text = text
    self.value = value
  }

  package init(_ value: Value) {
    self.init(text: value.description, value: value)
  }
}

/// A column of the matrix.
package struct Axis: Hashable, Sendable {
  package enum Side: String, Sendable {
    /// A variable, or a parameter of a workload: cells are compared with each other only where these agree.
    case work
    /// A parameter of a strategy: what the experiment compares.
    case strategy
  }

  package var name: String
  package var side: Side

  package init(name: String, side: Side) {
    self.name = name
    self.side = side
  }
}

/// A plugin, chosen and completed: every parameter has its value.
package struct ResolvedPlugin: Hashable, Sendable {
  package var plugin: String
  package var parameters: [String: Value]

  package init(plugin: String, parameters: [String: Value]) {
    self.plugin = plugin
    self.parameters = parameters
  }
}

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
  /// How long each task waits, in seconds, where that is injected and fixed.
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

  package var maxWorkers: Int? { strategyPlugin.parameters["max_workers"]?.integer }
  package var chunkSize: Int { strategyPlugin.parameters["chunk_size"].map { max(1, $0.integer ?? 1) } ?? 1 }
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

/// How trials are run, for a whole experiment.
package struct RunSettings: Hashable, Sendable {
  package enum Order: String, Sendable, CaseIterable {
    /// Every cell once in a random order, then again: METHOD's seeded randomised complete blocks.
    case blocks
    /// All trials of a cell, then the next cell: to see what that does to the numbers.
    case sequential
  }

  /// With `precision`, no look is taken before so many blocks: fewer give intervals that say little.
  package static let leastBlocksForPrecision = 10
  /// Where `precision` is given, and nothing else was said.
  package static let standardMaxTrials = 100

  /// Measured trials of each cell: exactly so many, or at least so many where `precision` is given.
  package var trials = 10
  /// Half the width of every cell's interval is to be at most this share of its median; `nil`: the number is fixed.
  package var precision: Double?
  /// The most trials of each cell, where `precision` is given.
  package var maxTrials: Int?
  /// Seconds after which no more blocks are begun.
  package var budget: Double?
  package var warmup = 1
  package var order = Order.blocks
  package var seed = 1
  /// Of one trial, in seconds.
  package var timeout = 60.0
  /// The share of a trial's tasks that may fail before the trial is `failed`.
  package var maxFailed = 0.0
  /// Tasks a second that a workload with requests may begin in each trial; `nil`: no limit.
  package var maxRate: Double?
  /// Tasks that each trial does before its clock starts, and that aren't recorded.
  package var warmupTasks = 0
  /// Whether every task becomes a row of tasks.csv.
  package var recordsTasks = false
  package var remote = RemoteLimits()
  /// Speedups and recommendations may be stated as such (not so with `--quick`).
  package var makesClaims = true

  package init() {}

  /// The least and the most blocks that are measured, if the budget allows it.
  package var blocks: ClosedRange<Int> { trials...max(trials, maxTrials ?? trials) }
}

/// Why a run had enough blocks.
package enum StopReason: String, Hashable, Sendable, Codable, CaseIterable {
  /// Their number was fixed.
  case trials
  /// Every cell is known as precisely as was asked for.
  case precision
  /// It isn't, but there are as many blocks as there may be.
  case max
  /// The next block would have taken longer than what was left of the time.
  case budget
}

/// How many requests a run may send to each host that isn't this machine.
package struct RemoteLimits: Hashable, Sendable {
  /// Where nothing else was agreed on.
  package static let standard = 1000

  /// In lower case.
  package var hosts: Set<String> = []
  /// To each of these hosts; `nil`: no limit.
  package var maxRequests: Int?

  package init() {}

  /// `nil`: none.
  package func limit(for host: String) -> Int? { hosts.contains(host) ? maxRequests : Self.standard }
}

/// Commands around trials and runs; each an argument list.
package struct Hooks: Hashable, Sendable {
  package enum Moment: String, Sendable, CaseIterable {
    case beforeRun = "before_run"
    case afterRun = "after_run"
    case beforeTrial = "before_trial"
    case afterTrial = "after_trial"
  }

  package var commands: [Moment: [String]] = [:]

  package init() {}
}

/// What an experiment file comes to: the cells, and how to run them.
package struct Plan: Sendable {
  /// The file's stem.
  package var experiment: String
  package var description: String?
  package var axes: [Axis]
  package var cells: [Cell]
  package var excluded: [ExcludedCell]
  /// The label of the strategy that the others are compared with.
  package var baseline: String?
  package var settings: RunSettings
  package var hooks: Hooks
  package var environment: [String: String]
  /// Columns that workloads and strategies add at the end of trials.csv.
  package var metrics: [String]
  package var catalog: Catalog

  package init(
    experiment: String, description: String? = nil, axes: [Axis], cells: [Cell], excluded: [ExcludedCell] = [],
    baseline: String? = nil, settings: RunSettings = RunSettings(), hooks: Hooks = Hooks(),
    environment: [String: String] = [:], metrics: [String] = [], catalog: Catalog
  ) {
    self.experiment = experiment
    self.description = description
    self.axes = axes
    self.cells = cells
    self.excluded = excluded
    self.baseline = baseline
    self.settings = settings
    self.hooks = hooks
    self.environment = environment
    self.metrics = metrics
    self.catalog = catalog
  }

  /// Whether any cell's tasks are requests.
  package var sendsRequests: Bool { cells.contains { catalog.requestItems(of: $0) != nil } }

  /// Trials that a whole run has, warm-ups included: at least, if its number of blocks depends on what it shows.
  package var trialCount: Int { trialCounts.lowerBound }

  /// The least and the most trials of a whole run, if the budget allows it.
  package var trialCounts: ClosedRange<Int> {
    let (least, most) = (settings.blocks.lowerBound, settings.blocks.upperBound)
    return (cells.count * (least + settings.warmup))...(cells.count * (most + settings.warmup))
  }
}
