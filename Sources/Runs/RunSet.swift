package import Model
internal import Results
package import Statistics

/// Runs of one experiment, taken together. Their blocks count as the blocks of one long run.
package struct RunSet: Sendable {
  /// The name of the experiment.
  package let experiment: String
  /// The axes that any of the runs has.
  package let axes: [Axis]
  /// The label of the strategy that the others are compared with; `nil` if there is none.
  package let baseline: String?
  /// The measured trials of all runs.
  package let columns: TrialColumns
  /// The runs, in the order in which they were named.
  package let runs: [FinishedRun]
  private let context: SummaryContext
  /// True if every run allows claims about speedups and recommendations.
  package var makesClaims: Bool { context.makesClaims }

  /// Groups runs of one experiment, in the order in which they were named.
  ///
  /// Runs whose cells mean different things stay apart. A run that is named twice counts once.
  package static func group(_ runs: [FinishedRun]) -> [RunSet] {
    var groups: [[FinishedRun]] = []
    var seen: Set<String> = []
    for run in runs where seen.insert(run.identity).inserted {
      if let index = groups.firstIndex(where: { $0.allSatisfy { $0.agrees(with: run) } }) {
        groups[index].append(run)
      } else {
        groups.append([run])
      }
    }
    return groups.map { RunSet($0) }
  }

  private init(_ runs: [FinishedRun]) {
    self.runs = runs
    experiment = runs[0].experiment
    baseline = runs[0].baseline
    var axes = runs[0].axes
    for axis in runs.flatMap(\.axes) where !axes.contains(where: { $0.name == axis.name }) { axes.append(axis) }
    self.axes = axes
    var columns = runs[0].columns
    var cells = runs[0].cells
    if runs.count > 1 {
      var metrics: [String] = []
      for name in runs.flatMap(\.columns.metrics) where !metrics.contains(name) { metrics.append(name) }
      columns = TrialColumns(metrics: metrics)
      cells = []
      var known: Set<String> = []
      for run in runs {
        // For each axis of the whole, its place in this run.
        let placesInRun = axes.map { axis in run.axes.firstIndex { $0.name == axis.name } }
        let levels = { (inRun: [Value?]) in placesInRun.map { $0.flatMap { inRun[$0] } } }
        columns.append(run.columns, levels: levels)
        for var cell in run.cells where known.insert(cell.id).inserted {
          cell.levels = levels(cell.levels)
          cells.append(cell)
        }
      }
    }
    self.columns = columns
    let plan = runs[0].manifest?.plan
    var context = SummaryContext(
      cells, axes: axes, makesClaims: runs.allSatisfy { $0.manifest?.plan.makesClaims ?? true }, maxRate: plan?.maxRate)
    context.take(runs.last?.manifest?.sittings.last?.machine)
    context.isSequential = plan?.order == RunSettings.Order.sequential.rawValue
    context.recordsTasks = plan?.recordsTasks ?? false
    self.context = context
  }

  /// The statistics of all cells. Each call computes them anew.
  package var analysis: Analysis { summarise(columns, context) }

  /// Facts that a reader should know before the numbers.
  package var remarks: [RunRemark] {
    let own = runs.flatMap { run in run.remarks.map { runs.count > 1 ? .of(path: run.path, $0) : $0 } }
    let hosts = runs.flatMap(\.hosts).reduce(into: [String]()) { if !$0.contains($1) { $0.append($1) } }
    return own + (hosts.count > 1 ? [.severalHosts(hosts)] : [])
  }
}
