package import Model

extension Manifest {
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

  /// An axis of the plan.
  package struct AxisRecord: Codable, Sendable {
    /// The name of the axis.
    package var name: String
    /// The part of a cell that the axis sets: `work` or `strategy`.
    package var side: String
  }

  /// A cell that was left out.
  package struct ExcludedRecord: Codable, Sendable {
    /// The id of the cell.
    package var cellID: String
    /// The condition that excluded the cell, such as `exclude[0]`.
    package var reason: String

    private enum CodingKeys: String, CodingKey {
      case cellID = "cell_id"
      case reason
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

  /// Takes over the settings that decide the number of blocks. A resumed run may change them.
  mutating func takeLength(from settings: RunSettings) {
    trials = settings.trials
    precision = settings.precision
    maxTrials = settings.maxTrials
    budgetSeconds = settings.budget
  }
}
