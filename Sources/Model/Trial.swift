/// The way in which a trial ended; the raw value is the word in tables.
package enum TrialStatus: String, Hashable, Sendable, CaseIterable {
  /// Every task ended, and the share of failed tasks is within `max_failed`.
  case ok
  case failed
  /// The trial took longer than `timeout` and was killed.
  case timeout
  /// The trial's process died.
  case crashed
  /// The trial's checksum is not the expected one.
  case wrong
}

/// A number that a trial measures; the raw value is the column's name, with its unit.
package enum Measure: String, CaseIterable, Hashable, Sendable {
  case wall = "wall_s"
  case setup = "setup_s"
  case teardown = "teardown_s"
  case observed = "observed_s"
  case cpuUser = "cpu_user_s"
  case cpuSystem = "cpu_system_s"
  case maxProcessRSS = "max_process_rss_bytes"
  case voluntarySwitches = "voluntary_switches"
  case involuntarySwitches = "involuntary_switches"
  case originCPU = "origin_cpu_s"
  case tasksPerSecond = "tasks_per_s"
  case bytesPerSecond = "bytes_per_s"
  case taskP50 = "task_p50_s"
  case taskP90 = "task_p90_s"
  case taskP99 = "task_p99_s"
  case taskMax = "task_max_s"
  case responseP50 = "response_p50_s"
  case responseP99 = "response_p99_s"
  case responseMax = "response_max_s"
  case loopStallMax = "loop_stall_max_s"
  case occupancy = "occupancy"
  case cpuUtilization = "cpu_utilization"
  case lowerBound = "lower_bound_s"
  case ideal = "ideal_s"
  case overheadRatio = "overhead_ratio"

  fileprivate static let indices = Dictionary(
    uniqueKeysWithValues: allCases.enumerated().map { ($1, $0) })
}

/// The measures of a trial. A number that wasn't measured is `nil`, never zero.
package struct Measures: Hashable, Sendable {
  private var values = [Double?](repeating: nil, count: Measure.allCases.count)

  package init() {}

  /// Accesses a measure in the unit of its column; `nil` if it wasn't measured.
  ///
  /// Setting a number that isn't finite stores `nil`, since CSV can't hold it.
  package subscript(measure: Measure) -> Double? {
    get { Measure.indices[measure].flatMap { values[$0] } }
    set {
      guard let index = Measure.indices[measure] else { return }
      values[index] = newValue.flatMap { $0.isFinite ? $0 : nil }
    }
  }
}

/// One run of all tasks of one cell in a fresh process: a row of trials.csv.
package struct Trial: Hashable, Sendable {
  /// The id of the cell.
  package var cellID: String
  /// The label of the workload.
  package var workload: String
  /// The label of the strategy.
  package var strategy: String
  /// The cell's levels, one place for each of the plan's axes; `nil` where the cell doesn't have that axis.
  package var levels: [Value?]
  /// The largest possible number of workers, at most one per task; `nil` if unknown.
  package var workers: Int?
  /// The number of the block, from 1; 0 for a warm-up.
  package var block: Int
  /// The place of the trial in its block, from 1.
  package var position: Int
  /// The number of this trial among its cell's, from 1. Warm-ups are counted separately.
  package var trial: Int
  /// A Boolean value that is true for a warm-up, which statistics ignore.
  package var isWarmup: Bool
  /// The number of the attempt, from 1.
  package var attempt = 1
  /// A Boolean value that is true if a disturbance made this attempt worthless, so that another one follows.
  ///
  /// Such an attempt doesn't count as one of the file's `retries`.
  package var isVoid = false
  /// The time when the trial started, in ISO 8601, UTC.
  package var startedAt: String
  /// The way in which the trial ended.
  package var status = TrialStatus.ok
  /// The reason why the trial isn't ok; `nil` if there is none.
  package var error: String?
  /// The number of tasks; `nil` if unknown.
  package var tasks: Int?
  /// The number of tasks that succeeded; `nil` if unknown.
  package var tasksOK: Int?
  /// The number of tasks that failed or timed out; `nil` if unknown.
  package var tasksFailed: Int?
  /// The bytes of all tasks that are ok; `nil` if unknown.
  package var bytes: Int?
  /// The sum Σ (index + 1) · value mod 2⁶⁴ over all tasks, as 16 hexadecimal digits; `nil` if unknown.
  package var checksum: String?
  /// The numbers that the trial measured.
  package var measures = Measures()
  /// The plugins' metrics, one place for each of the plan's; `nil` where unknown.
  package var metrics: [Double?]

  /// Makes the first attempt of a trial, with status `ok` and without measures.
  package init(
    cellID: String, workload: String, strategy: String, levels: [Value?], workers: Int? = nil, block: Int,
    position: Int, trial: Int, isWarmup: Bool, startedAt: String, metrics: [Double?] = []
  ) {
    self.cellID = cellID
    self.workload = workload
    self.strategy = strategy
    self.levels = levels
    self.workers = workers
    self.block = block
    self.position = position
    self.trial = trial
    self.isWarmup = isWarmup
    self.startedAt = startedAt
    self.metrics = metrics
  }
}
