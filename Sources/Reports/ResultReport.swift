package import Model
package import Runs
package import Statistics

/// The result of a run: a table for each workload, and a sentence for each kind of work.
package struct ResultReport {
  /// The experiment's name, and of how many runs.
  let title: String
  let axes: [Axis]
  /// Columns of their own that workloads and strategies have.
  let metrics: [String]
  /// The label of the strategy that the others are compared with.
  let baseline: String?
  let makesClaims: Bool
  let analysis: Analysis
  /// What should be known before the numbers are read.
  let remarks: [RunRemark]

  /// - Parameters:
  ///   - title: the experiment's name, and of how many runs.
  ///   - metrics: columns of their own that workloads and strategies have.
  ///   - baseline: the label of the strategy that the others are compared with.
  package init(
    title: String, axes: [Axis], metrics: [String] = [], baseline: String?, makesClaims: Bool, analysis: Analysis,
    remarks: [RunRemark] = []
  ) {
    self.title = title
    self.axes = axes
    self.metrics = metrics
    self.baseline = baseline
    self.makesClaims = makesClaims
    self.analysis = analysis
    self.remarks = remarks
  }

  package init(_ plan: Plan, _ analysis: Analysis) {
    self.init(
      title: plan.experiment, axes: plan.axes, metrics: plan.metrics, baseline: plan.baseline,
      makesClaims: plan.settings.makesClaims, analysis: analysis)
  }

  /// The rows and verdicts of each workload, in the order of the cells.
  private var parts: [(workload: String, rows: [Summary], verdicts: [ScalingVerdict])] {
    let rows = Dictionary(grouping: analysis.cells, by: \.workload)
    let verdicts = Dictionary(grouping: analysis.scaling, by: \.workload)
    var seen: Set<String> = []
    return analysis.cells.map(\.workload).filter { seen.insert($0).inserted }.map {
      ($0, rows[$0] ?? [], verdicts[$0] ?? [])
    }
  }

  /// The tables and sentences, for a terminal.
  package var text: String {
    let head = remarks.map { "\(title): \($0.text)\n" }.joined()
    if analysis.cells.isEmpty { return "\n\(head)\(title): no trials yet\n\n" }
    return (head.isEmpty ? "" : "\n" + head)
      + parts.map { part in
        "\n\(title): \(part.workload)\n" + ResultTable(report: self, rows: part.rows).table.plain()
          + (sentences(part.rows) + scaling(part.verdicts)).map { "  \($0)\n" }.joined()
      }.joined() + "\n"
  }

  /// The same in Markdown, with the warnings.
  package var markdown: String {
    remarks.map { "\(title): \($0.text)\n\n" }.joined()
      + parts.map { part in
        "### \(title): \(part.workload)\n\n" + ResultTable(report: self, rows: part.rows).table.markdown + "\n"
          + sentences(part.rows).map { "\($0)\n\n" }.joined()
          + scaling(part.verdicts).map { "- \($0)\n" }.joined() + "\n"
      }.joined() + (analysis.warnings.isEmpty ? "" : "Warnings:\n\n")
      + analysis.warnings.map { "- \($0.text)\n" }.joined()
  }
}
