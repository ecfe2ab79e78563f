package import Model
package import Runs
package import Statistics

/// The report on results: a table for each workload, and a sentence for each kind of work.
package struct ResultReport {
  /// The experiment's name, and the number of runs if there are several.
  let title: String
  let axes: [Axis]
  /// The columns that workloads and strategies add.
  let metrics: [String]
  /// The label of the strategy that the others are compared with.
  let baseline: String?
  let makesClaims: Bool
  let analysis: Analysis
  /// Facts that a reader should know before the numbers.
  let remarks: [RunRemark]

  /// Takes the parts of a report.
  ///
  /// - Parameters:
  ///   - title: the experiment's name, and the number of runs if there are several.
  ///   - metrics: the columns that workloads and strategies add.
  ///   - baseline: the label of the strategy that the others are compared with; `nil` if there is none.
  ///   - makesClaims: whether recommendations and verdicts may be made.
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

  /// Reports on a single run of a plan.
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

  /// The same text in Markdown, with the warnings.
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
