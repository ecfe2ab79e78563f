internal import Model
internal import Results
internal import Statistics

/// Runs of one experiment, taken together: their blocks are the blocks of one long run.
struct RunSet {
  let experiment: String
  let axes: [Axis]
  let baseline: String?
  let columns: TrialColumns
  let runs: [FinishedRun]
  private let context: SummaryContext

  /// Runs by experiment, in the order in which they were named. Those whose cells mean different things stay apart, and
  /// one that is named twice counts once.
  static func group(_ runs: [FinishedRun]) -> [RunSet] {
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
        let places = axes.map { axis in run.axes.firstIndex { $0.name == axis.name } }
        let levels = { (levels: [Value?]) in places.map { $0.flatMap { levels[$0] } } }
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
      cells, axes: axes, makesClaims: runs.allSatisfy { $0.manifest?.plan.makesClaims ?? true }, maxRate: plan?.maxRate,
      BuiltIn.catalog)
    context.take(runs.last?.manifest?.sittings.last?.machine)
    context.isSequential = plan?.order == RunSettings.Order.sequential.rawValue
    context.recordsTasks = plan?.recordsTasks ?? false
    self.context = context
  }

  var analysis: Analysis { summarise(columns, context) }

  /// What should be known before the numbers are read.
  var remarks: [String] {
    let own = runs.flatMap { run in run.remarks.map { runs.count > 1 ? "\(run.path): \($0)" : $0 } }
    let hosts = runs.flatMap(\.hosts).reduce(into: [String]()) { if !$0.contains($1) { $0.append($1) } }
    return own + (hosts.count > 1 ? ["trials of different machines: \(hosts.joined(separator: ", "))"] : [])
  }

  func report(_ analysis: Analysis) -> ResultReport {
    let together = runs.count > 1 ? ", \(runs.count) runs together" : ""
    return ResultReport(
      title: experiment + together, axes: axes, metrics: columns.metrics, baseline: baseline,
      makesClaims: context.makesClaims, analysis: analysis, remarks: remarks)
  }
}

extension FinishedRun {
  /// Whether the trials of both can be taken together.
  fileprivate func agrees(with other: FinishedRun) -> Bool {
    guard experiment == other.experiment else { return false }
    guard let mine = manifest, let others = other.manifest else { return manifest == nil && other.manifest == nil }
    let known = Dictionary(mine.plan.cells.map { ($0.cellID, $0) }, uniquingKeysWith: { first, _ in first })
    return mine.plan.makesClaims == others.plan.makesClaims && mine.plan.differences(from: others.plan).isEmpty
      && others.plan.cells.allSatisfy { known[$0.cellID]?.differences(from: $0).isEmpty ?? true }
  }
}

extension SummaryContext {
  /// What the machine adds to it.
  mutating func take(_ machine: Manifest.MachineRecord?) {
    effectiveCores = machine?.effectiveCores
    clockStep = machine?.clockStepSeconds
  }
}
