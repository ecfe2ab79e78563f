internal import Model
internal import OS
internal import Results
internal import Statistics

/// A run, read back from its files.
struct FinishedRun {
  let experiment: String
  let axes: [Axis]
  let baseline: String?
  let makesClaims: Bool
  let trials: [Trial]
  private let cells: [SummaryContext.Cell]

  /// - Parameter path: a run's folder, a file of trials, or an experiment's results folder, meaning its latest run.
  static func read(_ path: String) throws(InputError) -> FinishedRun {
    let isFile = Files.kind(of: path) == .file
    let folder = isFile ? RunFolder(path: folder(of: path)) : try RunFolder.locate(path)
    let file = isFile ? path : folder.trials
    let (table, trials) = try TrialTable.read(try folder.read(file), path: file)
    if let bytes = try? folder.read(folder.manifest) {
      let manifest = try Manifest.read(bytes, path: folder.manifest)
      let known = Set(manifest.plan.cells.map(\.cellID))
      if trials.allSatisfy({ known.contains($0.cellID) }), manifest.plan.axes.map(\.name) == table.axes {
        return FinishedRun(manifest, trials)
      }
    }
    return FinishedRun(table, trials, experiment: experiment(of: file))
  }

  private static func folder(of path: String) -> String {
    path.lastIndex(of: "/").map { String(path[..<$0]) } ?? "."
  }

  private static func experiment(of path: String) -> String {
    String(path.split(separator: "/").last?.prefix { $0 != "." } ?? "trials")
  }

  private init(_ manifest: Manifest, _ trials: [Trial]) {
    experiment = manifest.experiment
    axes = manifest.plan.axes.map { Axis(name: $0.name, side: Axis.Side(rawValue: $0.side) ?? .work) }
    baseline = manifest.plan.baseline
    makesClaims = manifest.plan.makesClaims
    self.trials = trials
    let shared = axes.filter { $0.side == .work }.map(\.name)
    cells = manifest.plan.cells.map { cell in
      SummaryContext.Cell(
        id: cell.cellID, baseline: cell.baseline,
        work: ([cell.workload] + shared.map { cell.levels[$0]?.description ?? "" }).joined(separator: "\n"),
        maxWorkers: cell.levels["max_workers"]?.integer)
    }
  }

  /// Trials without a manifest: every axis but `max_workers` belongs to the work, and the baseline is `sync`.
  private init(_ table: TrialTable, _ trials: [Trial], experiment: String) {
    self.experiment = experiment
    axes = table.axes.map { Axis(name: $0, side: $0 == "max_workers" ? .strategy : .work) }
    baseline = trials.contains { $0.strategy == "sync" } ? "sync" : nil
    makesClaims = true
    self.trials = trials
    var seen: Set<String> = []
    let firsts = trials.filter { seen.insert($0.cellID).inserted }
    let workers = table.axes.firstIndex(of: "max_workers")
    let shared = table.axes.indices.filter { $0 != workers }
    func agrees(_ base: Trial, _ other: Trial) -> Bool {
      base.workload == other.workload
        && shared.allSatisfy { base.levels[$0] == nil || base.levels[$0] == other.levels[$0] }
    }
    let bases = firsts.filter { $0.strategy == "sync" }
    cells = firsts.map { trial in
      let candidates = bases.filter { agrees($0, trial) }
      return SummaryContext.Cell(
        id: trial.cellID, baseline: candidates.count == 1 ? candidates[0].cellID : nil,
        work: ([trial.workload] + shared.map { trial.levels[$0]?.description ?? "" }).joined(separator: "\n"),
        maxWorkers: workers.flatMap { trial.levels[$0]?.integer })
    }
  }

  var summaries: [Summary] { summarise(trials, SummaryContext(cells: cells, makesClaims: makesClaims)) }

  var report: ResultReport {
    ResultReport(
      experiment: experiment, axes: axes, baseline: baseline, makesClaims: makesClaims, summaries: summaries)
  }
}
