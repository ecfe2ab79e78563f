internal import FoundationEssentials
package import Model

/// manifest.json: all that somebody needs to know to judge a run, or to do it again.
package struct Manifest: Codable, Sendable {
  package static let schemaVersion = 1

  package var schemaVersion = Manifest.schemaVersion
  package var runID: String
  package var experiment: String
  package var description: String?
  package var startedAt: String
  package var endedAt: String?
  /// `running`, `completed`, or `interrupted by SIGINT`.
  package var state: String
  /// Why a completed run had enough blocks; absent where it isn't completed.
  package var stopReason: StopReason?
  package var plan: PlanRecord
  /// The first, and one for each time that the run was gone on with.
  package var sittings: [Sitting]
  /// What the file was warned of, and what the run has shown.
  package var warnings: [String]
  /// What the embedded server counted beside what its clients did, a cell each; absent where it isn't used.
  package var reconciliation: [Reconciliation]?

  /// The circumstances in which trials were measured.
  package struct Sitting: Codable, Sendable {
    package var startedAt: String
    package var commandLine: [String]
    package var machine: MachineRecord
    package var versions: [String: String]
    package var git: GitRecord?

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

  package struct PlanRecord: Codable, Sendable {
    package var baseline: String?
    package var trials: Int
    package var precision: Double?
    package var maxTrials: Int?
    package var budgetSeconds: Double?
    package var warmup: Int
    package var order: String
    package var seed: Int
    package var timeoutSeconds: Double
    package var maxFailed: Double
    package var makesClaims: Bool
    package var axes: [AxisRecord]
    package var metrics: [String]
    package var cells: [CellRecord]
    package var excluded: [ExcludedRecord]
    package var hooks: [String: [String]]
    package var environment: [String: String]
    /// Tasks a second.
    package var maxRate: Double?
    package var warmupTasks: Int
    package var recordsTasks: Bool
  }

  package struct AxisRecord: Codable, Sendable {
    package var name: String
    package var side: String
  }

  package struct CellRecord: Codable, Sendable {
    package var cellID: String
    package var workload: String
    package var strategy: String
    package var levels: [String: Value]
    package var workloadPlugin: PluginRecord?
    package var strategyPlugin: PluginRecord
    package var origin: [String: Value]?
    package var arrivals: Arrivals?
    /// The id of the cell that this is compared with.
    package var baseline: String?
  }

  package struct PluginRecord: Codable, Sendable {
    package var name: String
    package var parameters: [String: Value]
    /// The program that it is in; absent: it is built in.
    package var program: String?
    /// What an external plugin's workers are, where it says so.
    package var parallelism: String?
  }

  package struct ExcludedRecord: Codable, Sendable {
    package var cellID: String
    package var reason: String
  }

  package struct MachineRecord: Codable, Sendable {
    package var host: String
    package var kernel: String
    package var cpuModel: String?
    package var effectiveCores: Double
    package var memoryBytes: Int
    /// The smallest difference of two readings of the clock.
    package var clockStepSeconds: Double?
    /// What two runs of the same differ by here, relative; absent where `doctor` never measured it.
    package var betweenRunFloor: Double?

    package init(host: String, kernel: String, cpuModel: String?, effectiveCores: Double, memoryBytes: Int) {
      self.host = host
      self.kernel = kernel
      self.cpuModel = cpuModel
      self.effectiveCores = effectiveCores
      self.memoryBytes = memoryBytes
    }
  }

  package struct GitRecord: Codable, Sendable {
    package var commit: String
    package var isDirty: Bool

    package init(commit: String, isDirty: Bool) {
      self.commit = commit
      self.isDirty = isDirty
    }
  }
}

extension Manifest {
  package init(plan: Plan, run: RunIdentity, sitting: Sitting, warnings: [String]) {
    self.init(
      runID: run.runID, experiment: plan.experiment, description: plan.description, startedAt: sitting.startedAt,
      state: "running", plan: PlanRecord(plan), sittings: [sitting], warnings: warnings)
  }

  package func json() throws -> [UInt8] {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    return try [UInt8](encoder.encode(self)) + [UInt8(ascii: "\n")]
  }

  package static func read(_ bytes: [UInt8], path: String) throws(InputError) -> Manifest {
    do {
      return try JSONDecoder().decode(Manifest.self, from: Data(bytes))
    } catch {
      throw InputError(path, "isn't a manifest of concrun")
    }
  }
}

extension Manifest.PlanRecord {
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
  /// How many blocks the run is to have, as it is said when it is gone on with.
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
