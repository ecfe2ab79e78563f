internal import FoundationEssentials
package import Model

/// The description of a run that is needed to judge or repeat it: the file manifest.json.
package struct Manifest: Codable, Sendable {
  /// The version of the format that this program writes.
  package static let schemaVersion = 1

  /// The version of the format in which the manifest was written.
  package var schemaVersion = Manifest.schemaVersion
  /// The id of the run, the name of its folder.
  package var runID: String
  /// The name of the experiment.
  package var experiment: String
  /// The experiment file's `description`; absent if it has none.
  package var description: String?
  /// The time when the run started, in ISO 8601, UTC.
  package var startedAt: String
  /// The time when the run ended, in ISO 8601, UTC; absent while it is running.
  package var endedAt: String?
  /// The state of the run: `running`, `completed`, or `interrupted by SIGINT`.
  package var state: String
  /// The reason why a completed run needed no more blocks; absent if it isn't completed.
  package var stopReason: StopReason?
  /// The plan of the run.
  package var plan: PlanRecord
  /// The circumstances of each sitting: of the start, then of each time that the run was resumed.
  package var sittings: [Sitting]
  /// The warnings about the experiment file and about the results.
  package var warnings: [String]
  /// The comparison of the embedded server's counts with those of its clients, by cell; absent if it isn't used.
  package var reconciliation: [Reconciliation]?

  /// The circumstances in which one process measured trials.
  package struct Sitting: Codable, Sendable {
    /// The time when the sitting started, in ISO 8601, UTC.
    package var startedAt: String
    /// The arguments of the process, its name first.
    package var commandLine: [String]
    /// The machine that the trials ran on.
    package var machine: MachineRecord
    /// The versions of concrun and of the libraries that it uses, by name.
    package var versions: [String: String]
    /// The commit of the folder that concrun was started in; absent outside of repositories.
    package var git: GitRecord?

    /// Makes the record of a sitting.
    package init(
      startedAt: String, commandLine: [String], machine: MachineRecord, versions: [String: String], git: GitRecord?
    ) {
      self.startedAt = startedAt
      self.commandLine = commandLine
      self.machine = machine
      self.versions = versions
      self.git = git
    }
  }

  /// The plan of a run, as far as it decides the results.
  package struct PlanRecord: Codable, Sendable {
    /// The label of the strategy that others are compared with; absent if there is none.
    package var baseline: String?
    /// The number of measured trials of each cell, or the least number if `precision` is set.
    package var trials: Int
    /// The largest half width of each interval, as a share of the median; absent if the number of trials is fixed.
    package var precision: Double?
    /// The largest number of trials of each cell; absent if the number of trials is fixed.
    package var maxTrials: Int?
    /// The time after which no block starts, in seconds; absent for no limit.
    package var budgetSeconds: Double?
    /// The number of warm-up trials of each cell.
    package var warmup: Int
    /// The order of trials: `blocks` or `sequential`.
    package var order: String
    /// The seed of the order of trials.
    package var seed: Int
    /// The time after which a trial is killed, in seconds.
    package var timeoutSeconds: Double
    /// The share of a trial's tasks that may fail, from 0 to 1.
    package var maxFailed: Double
    /// A Boolean value that is true if reports may claim speedups and recommend cells.
    package var makesClaims: Bool
    /// The axes, in the order of their columns.
    package var axes: [AxisRecord]
    /// The names of the columns at the end of trials.csv.
    package var metrics: [String]
    /// The cells of the run.
    package var cells: [CellRecord]
    /// The cells that were left out.
    package var excluded: [ExcludedRecord]
    /// The commands around trials and the run, by moment.
    package var hooks: [String: [String]]
    /// The environment variables that the file sets for trials.
    package var environment: [String: String]
    /// The number of requests per second that a trial may begin; absent for no limit.
    package var maxRate: Double?
    /// The number of unrecorded tasks before each trial's clock starts.
    package var warmupTasks: Int
    /// A Boolean value that is true if tasks.csv and timeline.json are written.
    package var recordsTasks: Bool
  }

  /// An axis of the plan.
  package struct AxisRecord: Codable, Sendable {
    /// The name of the axis.
    package var name: String
    /// The part of a cell that the axis sets: `work` or `strategy`.
    package var side: String
  }

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
    /// The id of the cell that this one is compared with; absent if there is none.
    package var baseline: String?
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

  /// A cell that was left out.
  package struct ExcludedRecord: Codable, Sendable {
    /// The id of the cell.
    package var cellID: String
    /// The condition that excluded the cell, such as `exclude[0]`.
    package var reason: String
  }

  /// The machine that trials ran on.
  package struct MachineRecord: Codable, Sendable {
    /// The name of the host.
    package var host: String
    /// The version of the kernel.
    package var kernel: String
    /// The model of the CPU; absent if unknown.
    package var cpuModel: String?
    /// The number of cores that concrun may use. A quota can make it fractional.
    package var effectiveCores: Double
    /// The size of the memory in bytes.
    package var memoryBytes: Int
    /// The smallest difference between two readings of the clock, in seconds; absent if it wasn't measured.
    package var clockStepSeconds: Double?
    /// The noise between runs on this machine, as a share; absent if `doctor` hasn't measured it.
    package var betweenRunFloor: Double?

    /// Makes the record of a machine whose noise is unknown.
    package init(host: String, kernel: String, cpuModel: String?, effectiveCores: Double, memoryBytes: Int) {
      self.host = host
      self.kernel = kernel
      self.cpuModel = cpuModel
      self.effectiveCores = effectiveCores
      self.memoryBytes = memoryBytes
    }
  }

  /// The state of a Git repository.
  package struct GitRecord: Codable, Sendable {
    /// The hash of the commit that is checked out.
    package var commit: String
    /// A Boolean value that is true if tracked files differ from the commit.
    package var isDirty: Bool

    /// Makes the record of a repository's state.
    package init(commit: String, isDirty: Bool) {
      self.commit = commit
      self.isDirty = isDirty
    }
  }
}

extension Manifest {
  /// Makes the manifest of a run that starts in this sitting.
  package init(plan: Plan, run: RunIdentity, sitting: Sitting, warnings: [String]) {
    self.init(
      runID: run.runID, experiment: plan.experiment, description: plan.description, startedAt: sitting.startedAt,
      state: "running", plan: PlanRecord(plan), sittings: [sitting], warnings: warnings)
  }

  /// Returns the manifest as JSON with sorted keys, ending with a line feed.
  package func json() throws -> [UInt8] {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    return try [UInt8](encoder.encode(self)) + [UInt8(ascii: "\n")]
  }

  /// Reads a manifest.
  ///
  /// - Parameter path: the path that errors name.
  /// - Throws: an error if the bytes aren't a manifest.
  package static func read(_ bytes: [UInt8], path: String) throws(InputError) -> Manifest {
    do {
      return try JSONDecoder().decode(Manifest.self, from: Data(bytes))
    } catch {
      throw InputError(path, "isn't a manifest of concrun")
    }
  }
}

extension Manifest.PlanRecord {
  /// Makes the record of a plan.
  package init(_ plan: Plan) {
    self.init(
      baseline: plan.baseline, trials: plan.settings.trials, precision: plan.settings.precision,
      maxTrials: plan.settings.maxTrials, budgetSeconds: plan.settings.budget, warmup: plan.settings.warmup,
      order: plan.settings.order.rawValue, seed: plan.settings.seed, timeoutSeconds: plan.settings.timeout,
      maxFailed: plan.settings.maxFailed, makesClaims: plan.settings.makesClaims,
      axes: plan.axes.map { Manifest.AxisRecord(name: $0.name, side: $0.side.rawValue) }, metrics: plan.metrics,
      cells: plan.cells.map { Manifest.CellRecord($0, in: plan) },
      excluded: plan.excluded.map { Manifest.ExcludedRecord(cellID: $0.cell.id, reason: $0.reason) },
      hooks: Dictionary(uniqueKeysWithValues: plan.hooks.commands.map { ($0.key.rawValue, $0.value) }),
      environment: plan.environment, maxRate: plan.settings.maxRate, warmupTasks: plan.settings.warmupTasks,
      recordsTasks: plan.settings.recordsTasks)
  }
}

extension Manifest.PlanRecord {
  /// Takes over the settings that decide the number of blocks. A resumed run may change them.
  mutating func takeLength(from settings: RunSettings) {
    trials = settings.trials
    precision = settings.precision
    maxTrials = settings.maxTrials
    budgetSeconds = settings.budget
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

// MARK: - Names in the file

extension Manifest {
  private enum CodingKeys: String, CodingKey {
    case schemaVersion = "schema_version"
    case runID = "run_id"
    case experiment, description
    case startedAt = "started_at"
    case endedAt = "ended_at"
    case state
    case stopReason = "stop_reason"
    case plan, sittings, warnings, reconciliation
  }
}

extension Manifest.Sitting {
  private enum CodingKeys: String, CodingKey {
    case startedAt = "started_at"
    case commandLine = "command_line"
    case machine, versions, git
  }
}

extension Manifest.PlanRecord {
  private enum CodingKeys: String, CodingKey {
    case baseline, trials, precision
    case maxTrials = "max_trials"
    case budgetSeconds = "budget_s"
    case warmup, order, seed
    case timeoutSeconds = "timeout_s"
    case maxFailed = "max_failed"
    case makesClaims = "makes_claims"
    case axes, metrics, cells, excluded, hooks
    case environment = "env"
    case maxRate = "max_rate"
    case warmupTasks = "warmup_tasks"
    case recordsTasks = "records_tasks"
  }
}

extension Manifest.CellRecord {
  private enum CodingKeys: String, CodingKey {
    case cellID = "cell_id"
    case workload, strategy, levels
    case workloadPlugin = "workload_plugin"
    case strategyPlugin = "strategy_plugin"
    case origin, arrivals, baseline
  }
}

extension Manifest.ExcludedRecord {
  private enum CodingKeys: String, CodingKey {
    case cellID = "cell_id"
    case reason
  }
}

extension Manifest.MachineRecord {
  private enum CodingKeys: String, CodingKey {
    case host, kernel
    case cpuModel = "cpu_model"
    case effectiveCores = "effective_cores"
    case memoryBytes = "memory_bytes"
    case clockStepSeconds = "clock_step_s"
    case betweenRunFloor = "between_run_floor"
  }
}

extension Manifest.GitRecord {
  private enum CodingKeys: String, CodingKey {
    case commit
    case isDirty = "dirty"
  }
}
