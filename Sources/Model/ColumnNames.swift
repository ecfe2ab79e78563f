/// The columns that every trials.csv has, in their groups; axes come between `identity` and `course`, metrics last.
package enum ColumnNames {
  package static let identity = ["run_id", "experiment", "host", "cell_id", "workload", "strategy"]
  package static let course = [
    "workers", "block", "position", "trial", "warmup", "attempt", "started_at", "status", "error", "tasks",
    "tasks_ok", "tasks_failed", "bytes", "checksum",
  ]
  package static let measures = Measure.allCases.map(\.rawValue)

  /// Names that no axis and no metric may have.
  package static let reserved = Set(identity + course + measures + SummaryColumn.allCases.map(\.rawValue))
}
