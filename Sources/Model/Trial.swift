/// How a trial ended.
package enum TrialStatus: String, Hashable, Sendable, CaseIterable {
  /// Every task came to an end, and the share of failed ones is within `max_failed`.
  case ok
  case failed
  /// It took longer than `timeout` and was killed.
  case timeout
  /// Its process died.
  case crashed
  /// Its checksum isn't the right one.
  case wrong
}

/// A number that a trial measured; the raw value is the column's name, unit included.
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

/// The measures of a trial; what wasn't measured is missing, never zero.
package struct Measures: Hashable, Sendable {
  private var values = [Double?](repeating: nil, count: Measure.allCases.count)

  package init() {}

  /// Not finite numbers are kept out: they would not be CSV.
  package subscript(measure: Measure) -> Double? {
    get { Measure.indices[measure].flatMap { values[$0] } }
    set {
      guard let index = Measure.indices[measure] else { return }
      values[index] = newValue.flatMap { $0.isFinite ? $0 : nil }
    }
  }
}

/// One run of all the tasks of one cell in a fresh process: a row of trials.csv.
package struct Trial: Hashable, Sendable {
  package var cellID: String
  package var workload: String
  package var strategy: String
  /// One place for each of the plan's axes.
  package var levels: [Value?]
  /// How many workers there could be: at most one per task.
  package var workers: Int?
  /// 0 for the warm-up.
  package var block: Int
  /// The place in its block, from 1.
  package var position: Int
  /// The number of this trial among its cell's, from 1; warm-ups are counted apart.
  package var trial: Int
  package var isWarmup: Bool
  package var attempt = 1
  /// ISO 8601, UTC.
  package var startedAt: String
  package var status = TrialStatus.ok
  package var error: String?
  package var tasks: Int?
  package var tasksOK: Int?
  package var tasksFailed: Int?
  package var bytes: Int?
  /// 16 hexadecimal digits: Σ (index + 1) · value mod 2⁶⁴.
  package var checksum: String?
  package var measures = Measures()
  /// One place for each of the plan's metrics.
  package var metrics: [Double?]

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
