/// The columns that every trials.csv has, in groups.
///
/// Axes stand between `identity` and `course`. Metrics come last.
package enum ColumnNames {
  /// The columns that identify the run and the cell of a trial.
  package static let identity = ["run_id", "experiment", "host", "cell_id", "workload", "strategy"]
  /// The columns that tell how a trial went, apart from its measures.
  package static let course = [
    "workers", "block", "position", "trial", "warmup", "attempt", "started_at", "status", "error", "tasks",
    "tasks_ok", "tasks_failed", "bytes", "checksum",
  ]
  /// The columns of measures, one for each `Measure`.
  package static let measures = Measure.allCases.map(\.rawValue)

  /// The names that no axis and no metric may have.
  package static let reserved = Set(identity + course + measures + SummaryColumn.allCases.map(\.rawValue))
}
