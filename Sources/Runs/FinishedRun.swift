package import Model
internal import OS
package import Results

/// A run that was read back from its files. It may still be going on, or may have been interrupted.
package struct FinishedRun: Sendable {
  /// The path as the user named it.
  package let path: String
  /// The run id, else the file of the trials: the same for all paths that lead to the run.
  package private(set) var identity = ""
  /// The name of the experiment.
  package let experiment: String
  /// The axes of the run, one for each place in the cells' levels.
  package let axes: [Axis]
  /// The label of the strategy that the others are compared with; `nil` if there is none.
  package let baseline: String?
  /// The cells of the plan, or those that have trials if there is no manifest.
  package let cells: [CellFacts]
  /// The measured trials.
  package let columns: TrialColumns
  /// The manifest; `nil` if it is missing, unreadable, or of another run.
  package let manifest: Manifest?
  /// The machines that trials ran on, in the order of the first trial of each.
  package let hosts: [String]
  /// Facts that a reader should know before the numbers.
  package let remarks: [RunRemark]

  /// Reads a run from its files.
  ///
  /// - Parameters:
  ///   - path: a run's folder, a file of trials, or an experiment's results folder, which means its latest run.
  ///   - catalog: describes plugins that manifests and trials only name.
  /// - Throws: `InputError` if there are no trials that can be read.
  package static func read(_ path: String, catalog: Catalog) throws(InputError) -> FinishedRun {
    let isFile = Files.kind(of: path) == .file
    let folder = isFile ? RunFolder(path: folder(of: path)) : try RunFolder.locate(path)
    let file = isFile ? path : folder.trials
    var run = FinishedRun(path, try TrialFile.read(file), file: file, in: folder, catalog: catalog)
    run.identity = run.manifest.map { "\($0.experiment) \($0.runID) \(run.hosts)" } ?? Files.canonical(file) ?? file
    return run
  }

  /// Uses the manifest beside the trials, if there is one that can be read and belongs to them.
  private init(_ path: String, _ trials: TrialFile, file: String, in folder: RunFolder, catalog: Catalog) {
    let experiment = trials.experiment ?? Self.experiment(of: file)
    var remark: RunRemark?
    if let bytes = try? folder.read(folder.manifest) {
      if let manifest = try? Manifest.read(bytes, path: folder.manifest) {
        let known = Set(manifest.plan.cells.map(\.cellID))
        let axes = manifest.plan.axes.map(\.name)
        if trials.columns.cells.allSatisfy({ known.contains($0.id) }), axes == trials.axes {
          self.init(path, trials, manifest: manifest, catalog: catalog)
          return
        }
      } else {
        remark = .unreadableManifest
      }
    }
    self.init(path, trials, experiment: experiment, remark: remark, catalog: catalog)
  }

  private static func folder(of path: String) -> String {
    path.lastIndex(of: "/").map { String(path[..<$0]) } ?? "."
  }

  private static func experiment(of path: String) -> String {
    String(path.split(separator: "/").last?.prefix { $0 != "." } ?? "trials")
  }

  private init(_ path: String, _ trials: TrialFile, manifest: Manifest, catalog: Catalog) {
    self.path = path
    self.manifest = manifest
    experiment = manifest.experiment
    axes = manifest.plan.axes.map { Axis(name: $0.name, side: Axis.Side(rawValue: $0.side) ?? .work) }
    baseline = manifest.plan.baseline
    columns = trials.columns
    hosts = trials.hosts
    cells = manifest.plan.cells.map { [axes] in CellFacts($0, axes: axes.map(\.name), catalog: catalog) }
    let done = trials.columns.count + trials.warmups
    let isComplete = manifest.state == "completed"
    remarks =
      (isComplete ? [] : [.incomplete(state: manifest.state, trials: done)]) + (trials.isCut ? [.cutShort] : [])
  }

  /// Takes trials without a manifest. Every axis but `max_workers` belongs to the work, and the baseline is `sync`.
  private init(
    _ path: String, _ trials: TrialFile, experiment: String, remark: RunRemark?, catalog: Catalog
  ) {
    self.path = path
    self.experiment = experiment
    manifest = nil
    let workers = trials.axes.firstIndex(of: ParameterName.maxWorkers)
    axes = trials.axes.map { Axis(name: $0, side: $0 == ParameterName.maxWorkers ? .strategy : .work) }
    columns = trials.columns
    hosts = trials.hosts
    remarks = [remark, trials.isCut ? .cutShort : nil].compactMap(\.self)
    let firsts = trials.columns.cells
    let bases = Dictionary(grouping: firsts.filter { $0.strategy == "sync" }, by: \.workload)
    baseline = bases.isEmpty ? nil : "sync"
    let shared = trials.axes.indices.filter { $0 != workers }
    cells = firsts.map { cell in
      let candidates = (bases[cell.workload] ?? []).filter { base in
        shared.allSatisfy { base.levels[$0] == nil || base.levels[$0] == cell.levels[$0] }
      }
      return CellFacts(cell, baseline: candidates.count == 1 ? candidates[0].id : nil, catalog: catalog)
    }
  }
}

extension FinishedRun {
  /// The ids of the cells that have trials, in the order of the plan.
  var cellsWithTrials: [String] {
    let known = Set(columns.cells.map(\.id))
    return cells.map(\.id).filter { known.contains($0) }
  }

  /// Returns whether the trials of both runs can be taken together.
  func agrees(with other: FinishedRun) -> Bool {
    guard experiment == other.experiment else { return false }
    guard let mine = manifest, let others = other.manifest else { return manifest == nil && other.manifest == nil }
    let known = Dictionary(mine.plan.cells.map { ($0.cellID, $0) }, uniquingKeysWith: { first, _ in first })
    return mine.plan.makesClaims == others.plan.makesClaims && mine.plan.differences(from: others.plan).isEmpty
      && others.plan.cells.allSatisfy { known[$0.cellID]?.differences(from: $0).isEmpty ?? true }
  }
}
