internal import ArgumentParser
internal import Model
internal import OS
internal import Results

/// A run, read back from its files; it may still go on, or have been interrupted.
struct FinishedRun {
  /// As it was named.
  let path: String
  /// The same for all ways that lead to it: its run id, else the file of its trials.
  private(set) var identity = ""
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
  static func read(_ path: String) throws(InputError) -> FinishedRun {
    let isFile = Files.kind(of: path) == .file
    let folder = isFile ? RunFolder(path: folder(of: path)) : try RunFolder.locate(path)
    let file = isFile ? path : folder.trials
    var run = FinishedRun(path, try TrialFile.read(file), folder, file)
    run.identity = run.manifest.map { "\($0.experiment) \($0.runID) \(run.hosts)" } ?? Files.canonical(file) ?? file
    return run
  }

  /// With the manifest beside the trials, if there is one that can be read, and is theirs.
  private init(_ path: String, _ trials: TrialFile, _ folder: RunFolder, _ file: String) {
    let experiment = trials.experiment ?? Self.experiment(of: file)
    var remark: String?
    if let bytes = try? folder.read(folder.manifest) {
      if let manifest = try? Manifest.read(bytes, path: folder.manifest) {
        let known = Set(manifest.plan.cells.map(\.cellID))
        let axes = manifest.plan.axes.map(\.name)
        if trials.columns.cells.allSatisfy({ known.contains($0.id) }), axes == trials.axes {
          self.init(path, manifest, trials)
          return
        }
      } else {
        remark = "its manifest.json is of another version: not read"
      }
    }
    self.init(path, trials, experiment: experiment, remark: remark)
  }

  /// - Throws: exit 66, after telling of every run that can't be read.
  static func readAll(_ paths: [String]) throws -> [FinishedRun] {
    var runs: [FinishedRun] = []
    for path in paths {
      do {
        runs.append(try read(path))
      } catch {
        Console.error("concrun: \(error)")
      }
    }
    guard runs.count == paths.count else { throw ExitCode(ExitStatus.noInput) }
    return runs
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
    let done = Humanize.plural(trials.columns.count + trials.warmups, "trial")
    let isCut = trials.isCut ? ["its last line is cut short"] : []
    remarks = (manifest.state == "completed" ? [] : ["\(manifest.state) after \(done)"]) + isCut
  }

  /// Trials without a manifest: every axis but `max_workers` belongs to the work, and the baseline is `sync`.
  private init(_ path: String, _ trials: TrialFile, experiment: String, remark: String?) {
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
      return CellFacts(cell, baseline: candidates.count == 1 ? candidates[0].id : nil, BuiltIn.catalog)
    }
  }
}
