/// A numeric column of summary.csv; the raw value is its name. The columns follow the axes in this order.
package enum SummaryColumn: String, CaseIterable, Hashable, Sendable {
  case workers
  case count = "n"
  case failed = "n_failed"
  case outliers = "n_outliers"
  case wallMedian = "wall_median_s"
  case wallCILow = "wall_ci_low_s"
  case wallCIHigh = "wall_ci_high_s"
  case wallMean = "wall_mean_s"
  case wallSD = "wall_sd_s"
  case wallMAD = "wall_mad_s"
  case wallMin = "wall_min_s"
  case wallMax = "wall_max_s"
  case wallP25 = "wall_p25_s"
  case wallP75 = "wall_p75_s"
  case wallCV = "wall_cv"
  case tasksPerSecond = "tasks_per_s"
  case bytesPerSecond = "bytes_per_s"
  case cpuMedian = "cpu_median_s"
  case maxProcessRSSMedian = "max_process_rss_median_bytes"
  case taskP50 = "task_p50_s"
  case taskP99 = "task_p99_s"
  case occupancy
  case responseP50 = "response_p50_s"
  case responseP99 = "response_p99_s"
  case speedupVsBaseline = "speedup_vs_baseline"
  case speedupVsBaselineCILow = "speedup_vs_baseline_ci_low"
  case speedupVsBaselineCIHigh = "speedup_vs_baseline_ci_high"
  case speedupVsOneWorker = "speedup_vs_one_worker"
  case speedupVsOneWorkerCILow = "speedup_vs_one_worker_ci_low"
  case speedupVsOneWorkerCIHigh = "speedup_vs_one_worker_ci_high"
  case efficiency
  case recommended
  case speedupSimultaneousLow = "speedup_vs_baseline_simultaneous_ci_low"
  case speedupSimultaneousHigh = "speedup_vs_baseline_simultaneous_ci_high"
  case retried = "n_retried"

  fileprivate static let indices = Dictionary(uniqueKeysWithValues: allCases.enumerated().map { ($1, $0) })
}

/// The statistics of one cell: a row of summary.csv. Unknown values are `nil`.
package struct Summary: Hashable, Sendable {
  /// The id of the cell.
  package var cellID: String
  /// The label of the workload.
  package var workload: String
  /// The label of the strategy.
  package var strategy: String
  /// The cell's levels, one place for each of the run's axes; `nil` where the cell doesn't have that axis.
  package var levels: [Value?]
  /// A Boolean value that is true if the cell is recommended; `nil` if no recommendation is made.
  package var isRecommended: Bool?
  /// A Boolean value that is true if the cell may be called the best.
  ///
  /// No trial crashed, failed or was wrong, and most trials ended before their timeout.
  package var isSound = false
  /// The medians over the trials, one place for each of the run's metrics; `nil` where unknown.
  package var metrics: [Double?] = []
  private var values = [Double?](repeating: nil, count: SummaryColumn.allCases.count)

  /// Makes a summary without any statistics.
  package init(cellID: String, workload: String, strategy: String, levels: [Value?]) {
    self.cellID = cellID
    self.workload = workload
    self.strategy = strategy
    self.levels = levels
  }

  /// A Boolean value that is true if the tasks had an arrival schedule.
  ///
  /// Then the schedule, more than the strategy, decides the wall time.
  package var isOpenLoop: Bool { self[.responseP99] != nil }

  /// The simultaneous interval of the cell's speedup; `nil` where unknown.
  ///
  /// The simultaneous intervals of all cells hold the true speedups together, so claims are based on them.
  package var simultaneous: (low: Double, high: Double)? {
    guard let low = self[.speedupSimultaneousLow], let high = self[.speedupSimultaneousHigh] else { return nil }
    return (low, high)
  }

  /// Accesses a statistic; `nil` where unknown. Setting a number that isn't finite stores `nil`.
  package subscript(column: SummaryColumn) -> Double? {
    get { SummaryColumn.indices[column].flatMap { values[$0] } }
    set {
      guard let index = SummaryColumn.indices[column] else { return }
      values[index] = newValue.flatMap { $0.isFinite ? $0 : nil }
    }
  }
}
