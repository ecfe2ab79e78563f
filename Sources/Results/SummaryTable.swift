package import Model

/// What a row of summary.csv is made of.
package struct SummaryTable: Hashable, Sendable {
  package var experiment: String
  package var axes: [String]
  package var metrics: [String]

  package init(experiment: String, axes: [String], metrics: [String] = []) {
    self.experiment = experiment
    self.axes = axes
    self.metrics = metrics
  }

  package var header: [String] {
    ["experiment", "cell_id", "workload", "strategy"] + axes + SummaryColumn.allCases.map(\.rawValue) + metrics
  }

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

  package func csv(_ summaries: [Summary]) -> [UInt8] {
    CSV.line(header) + summaries.flatMap { CSV.line(row($0).map(\.description)) }
  }
}
