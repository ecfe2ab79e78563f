internal import Model
internal import OS
internal import Results

/// A run, read back from its files; it may still go on, or have been interrupted.
struct FinishedRun {
  /// As it was named.
  let path: String
  let experiment: String
  let axes: [Axis]
  let baseline: String?
  let cells: [CellFacts]
  let columns: TrialColumns
  /// `nil` where there is nothing but trials.
  let manifest: Manifest?
  let hosts: [String]
  let remarks: [String]

  /// - Parameter path: a run's folder, a file of trials, or an experiment's results folder, meaning its latest run.
  static func read(_ path: String, _ catalog: Catalog = BuiltIn.catalog) throws(InputError) -> FinishedRun {
    let isFile = Files.kind(of: path) == .file
    let folder = isFile ? RunFolder(path: folder(of: path)) : try RunFolder.locate(path)
    let file = isFile ? path : folder.trials
    let trials = try TrialFile.read(file)
    let experiment = trials.experiment ?? experiment(of: file)
    guard let bytes = try? folder.read(folder.manifest) else {
      return FinishedRun(path, trials, experiment: experiment, catalog, remark: nil)
    }
    guard let manifest = try? Manifest.read(bytes, path: folder.manifest) else {
      return FinishedRun(
        path, trials, experiment: experiment, catalog, remark: "its manifest.json is of another version: not read")
    }
    let known = Set(manifest.plan.cells.map(\.cellID))
    guard trials.columns.cells.allSatisfy({ known.contains($0.id) }), manifest.plan.axes.map(\.name) == trials.axes
    else { return FinishedRun(path, trials, experiment: experiment, catalog, remark: nil) }
    return FinishedRun(path, manifest, trials)
  }

  private static func folder(of path: String) -> String {
    path.lastIndex(of: "/").map { String(path[..<$0]) } ?? "."
  }

  private static func experiment(of path: String) -> String {
    String(path.split(separator: "/").last?.prefix { $0 != "." } ?? "trials")
  }

  private init(_ path: String, _ manifest: Manifest, _ trials: TrialFile) {
    self.path = path
    self.manifest = manifest
    experiment = manifest.experiment
    axes = manifest.plan.axes.map { Axis(name: $0.name, side: Axis.Side(rawValue: $0.side) ?? .work) }
    baseline = manifest.plan.baseline
    columns = trials.columns
    hosts = trials.hosts
    cells = manifest.plan.cells.map { [axes] in CellFacts($0, axes: axes.map(\.name)) }
    let planned = manifest.plan.cells.count * (manifest.plan.trials + manifest.plan.warmup)
    let done = trials.columns.count + trials.warmups
    let isCut = trials.isCut ? ["its last line is cut short"] : []
    remarks =
      (manifest.state == "completed" ? [] : ["\(manifest.state), \(done) of \(Humanize.plural(planned, "trial"))"])
      + isCut
  }

  /// Trials without a manifest: every axis but `max_workers` belongs to the work, and the baseline is `sync`.
  private init(_ path: String, _ trials: TrialFile, experiment: String, _ catalog: Catalog, remark: String?) {
    self.path = path
    self.experiment = experiment
    manifest = nil
    let workers = trials.axes.firstIndex(of: "max_workers")
    axes = trials.axes.map { Axis(name: $0, side: $0 == "max_workers" ? .strategy : .work) }
    columns = trials.columns
    hosts = trials.hosts
    remarks = [remark, trials.isCut ? "its last line is cut short" : nil].compactMap(\.self)
    let firsts = trials.columns.cells
    let bases = Dictionary(grouping: firsts.filter { $0.strategy == "sync" }, by: \.workload)
    baseline = bases.isEmpty ? nil : "sync"
    let shared = trials.axes.indices.filter { $0 != workers }
    cells = firsts.map { cell in
      let candidates = (bases[cell.workload] ?? []).filter { base in
        shared.allSatisfy { base.levels[$0] == nil || base.levels[$0] == cell.levels[$0] }
      }
      return CellFacts(cell, baseline: candidates.count == 1 ? candidates[0].id : nil, catalog)
    }
  }
}
