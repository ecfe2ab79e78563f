/// A number of summary.csv; the raw value is the column's name. They follow the axes, in this order.
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

  fileprivate static let indices = Dictionary(uniqueKeysWithValues: allCases.enumerated().map { ($1, $0) })
}

/// The statistics of one cell: a row of summary.csv. What isn't known is missing.
package struct Summary: Hashable, Sendable {
  package var cellID: String
  package var workload: String
  package var strategy: String
  /// One place for each of the run's axes.
  package var levels: [Value?]
  package var isRecommended: Bool?
  /// Whether it may be called the best: no trial crashed, failed or was wrong, and most had an end in time.
  package var isSound = false
  /// Medians over the trials; one place for each of the run's metrics.
  package var metrics: [Double?] = []
  private var values = [Double?](repeating: nil, count: SummaryColumn.allCases.count)

  package init(cellID: String, workload: String, strategy: String, levels: [Value?]) {
    self.cellID = cellID
    self.workload = workload
    self.strategy = strategy
    self.levels = levels
  }

  /// Whether its tasks had their times: then the wall time says more of the schedule than of the strategy.
  package var isOpenLoop: Bool { self[.responseP99] != nil }

  /// Of its speedup, one of all cells' that hold the truth together: what may be claimed.
  package var simultaneous: (low: Double, high: Double)? {
    guard let low = self[.speedupSimultaneousLow], let high = self[.speedupSimultaneousHigh] else { return nil }
    return (low, high)
  }

  package subscript(column: SummaryColumn) -> Double? {
    get { SummaryColumn.indices[column].flatMap { values[$0] } }
    set {
      guard let index = SummaryColumn.indices[column] else { return }
      values[index] = newValue.flatMap { $0.isFinite ? $0 : nil }
    }
  }
}
