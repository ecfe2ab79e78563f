package import Model
internal import Results
internal import Runs

/// The report on plans: their cells, the cells that were left out, and the time that a run may take.
///
/// A plan may have a million cells, so text comes in pieces.
package struct PlanReport {
  private let plans: [Plan]
  private let output: String
  /// The number of lines in a piece.
  private static let linesInPiece = 1000

  /// Takes plans.
  ///
  /// - Parameter output: the folder with earlier results, for the forecasts, which only the text has.
  package init(_ plans: [Plan], output: String) {
    self.plans = plans
    self.output = output
  }

  /// Writes a line for each cell.
  ///
  /// - Parameter write: receives the pieces of the text in order.
  /// - Throws: the error of `write`.
  package func text<Failure: Error>(to write: (String) throws(Failure) -> Void) throws(Failure) {
    for plan in plans {
      try write(
        "\(plan.experiment): \(Humanize.plural(plan.cells.count, "cell")), \(Humanize.plural(plan.trialCounts, "trial"))"
          + (plan.description.map { "\n  \($0)" } ?? "") + "\n")
      try inPieces(plan.cells, to: write) { cell in
        let baseline = cell.baseline.map { plan.cells[$0].id }
        return "  \(cell.id)\(baseline == cell.id ? "  (baseline)" : "")\n"
      }
      if !plan.excluded.isEmpty {
        try write("left out: \(Humanize.plural(plan.excluded.count, "cell"))\n")
        try inPieces(plan.excluded, to: write) { "  \($0.cell.id)  by \($0.reason)\n" }
      }
      try write("\(Forecast(plan: plan, output: output).sentence)\n")
    }
  }

  /// Writes a row for each cell, and a new header before a plan whose axes differ from the first plan's.
  ///
  /// - Parameter write: receives the pieces of the text in order.
  /// - Throws: the error of `write`.
  package func csv<Failure: Error>(to write: (String) throws(Failure) -> Void) throws(Failure) {
    for (index, plan) in plans.enumerated() {
      let axes = plan.axes.map(\.name)
      if index == 0 || axes != plans[0].axes.map(\.name) {
        try write(line(["experiment", "cell_id", "workload", "strategy"] + axes + ["baseline", "excluded_by"]))
      }
      try inPieces(plan.cells, to: write) { cell in
        row(cell, of: plan, baseline: cell.baseline.map { plan.cells[$0].id } ?? "", reason: "")
      }
      try inPieces(plan.excluded, to: write) { row($0.cell, of: plan, baseline: "", reason: $0.reason) }
    }
  }

  /// The plans in the form of manifests.
  package var json: [PlanOutput] {
    plans.map { PlanOutput(experiment: $0.experiment, plan: Manifest.PlanRecord($0)) }
  }

  /// A plan as `concrun plan --format json` prints it.
  package struct PlanOutput: Encodable {
    var experiment: String
    var plan: Manifest.PlanRecord
  }

  private func row(_ cell: Cell, of plan: Plan, baseline: String, reason: String) -> String {
    line(
      [plan.experiment, cell.id, cell.workload, cell.strategy] + cell.levels.map { $0?.value.description ?? "" }
        + [baseline, reason])
  }

  private func line(_ fields: [String]) -> String { String(decoding: CSV.line(fields), as: UTF8.self) }

  private func inPieces<Item, Failure: Error>(
    _ items: [Item], to write: (String) throws(Failure) -> Void, line: (Item) -> String
  ) throws(Failure) {
    for start in stride(from: 0, to: items.count, by: Self.linesInPiece) {
      let piece = items[start..<min(start + Self.linesInPiece, items.count)]
      try write(piece.map(line).joined())
    }
  }
}
