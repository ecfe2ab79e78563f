package import Model

/// The columns of a summary.csv, and its rows.
package struct SummaryTable: Hashable, Sendable {
  /// The name of the experiment.
  package var experiment: String
  /// The names of the axes.
  package var axes: [String]
  /// The names of the metrics.
  package var metrics: [String]

  /// Makes a table, by default without metrics.
  package init(experiment: String, axes: [String], metrics: [String] = []) {
    self.experiment = experiment
    self.axes = axes
    self.metrics = metrics
  }

  /// The names of all columns.
  package var header: [String] {
    ["experiment", "cell_id", "workload", "strategy"] + axes + SummaryColumn.allCases.map(\.rawValue) + metrics
  }

  /// Returns the row of a cell: one value for each column of the header.
  package func row(_ summary: Summary) -> [Value] {
    let identity: [Value] = [
      .string(experiment), .string(summary.cellID), .string(summary.workload), .string(summary.strategy),
    ]
    let columns = SummaryColumn.allCases.map { column -> Value in
      if column == .recommended { return summary.isRecommended.map(Value.boolean) ?? .null }
      return summary[column].map(Value.number) ?? .null
    }
    return identity + summary.levels.map { $0 ?? .null } + columns
      + summary.metrics.map { $0.map(Value.number) ?? .null }
  }

  /// Returns the bytes of a whole summary.csv.
  package func csv(_ summaries: [Summary]) -> [UInt8] {
    CSV.line(header) + summaries.flatMap { CSV.line(row($0).map(\.description)) }
  }
}
