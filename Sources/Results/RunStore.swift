package import Model
package import OS
internal import SystemPackage

/// The files of a run that is going on: every trial is in them before the next one starts.
package struct RunStore: ~Copyable {
  package let folder: RunFolder
  package let run: RunIdentity
  private let table: TrialTable
  private let journal: Journal
  private let trials: AppendFile
  private let tasks: TaskFile?
  private let timeline: TimelineFile?
  package var manifest: Manifest
  /// What an earlier sitting left; `nil` for a new run.
  package var earlier: Journal.Contents? { journal.earlier }

  private init(
    folder: RunFolder, run: RunIdentity, table: TrialTable, journal: consuming Journal, trials: consuming AppendFile,
    tasks: TaskFile?, timeline: TimelineFile?, manifest: Manifest
  ) {
    self.folder = folder
    self.run = run
    self.table = table
    self.journal = journal
    self.trials = trials
    self.tasks = tasks
    self.timeline = timeline
    self.manifest = manifest
  }

  /// Starts a new run: makes its folder, and writes down what is going to happen.
  package static func create(
    for plan: Plan, source: [UInt8], output: String, host: String, startedAt time: WallClock,
    manifest: (RunIdentity) -> Manifest
  ) throws(OutputError) -> RunStore {
    let (folder, runID) = try RunFolder.create(in: output, experiment: plan.experiment, at: time.compact)
    let run = RunIdentity(runID: runID, experiment: plan.experiment, host: host)
    let table = TrialTable(axes: plan.axes.map(\.name), metrics: plan.metrics)
    try folder.write(source, to: folder.experiment)
    let store = RunStore(
      folder: folder, run: run, table: table,
      journal: try Journal.create(folder.journal, table: table, run: run, digest: plan.digest),
      trials: try open(folder.trials, table: table, run: run, holding: []),
      tasks: plan.settings.recordsTasks ? try TaskFile(folder.tasks, keeping: []) : nil,
      timeline: plan.settings.recordsTasks ? try TimelineFile(folder.timeline, keeping: []) : nil,
      manifest: manifest(run))
    try store.writeManifest()
    try folder.becomeLatest()
    return store
  }

  /// Goes on with a run. Its trials.csv is written anew from the journal, which knows better.
  ///
  /// - Parameter sitting: the circumstances of going on; those of the beginning stay as they are.
  package static func resume(
    _ folder: RunFolder, of plan: Plan, sitting: Manifest.Sitting, orElse manifest: (RunIdentity) -> Manifest
  ) throws(OutputError) -> RunStore {
    let journal = try Journal.resume(folder.journal, experiment: plan.experiment)
    guard let contents = journal.earlier else { throw OutputError(folder.journal, SystemError("read", .ioError)) }
    var known = (try? folder.read(folder.manifest)).flatMap { try? Manifest.read($0, path: folder.manifest) }
    known?.sittings.append(sitting)
    known?.state = "running"
    known?.endedAt = nil
    known?.stopReason = nil
    known?.plan.takeLength(from: plan.settings)
    let store = RunStore(
      folder: folder, run: contents.run, table: contents.table, journal: journal,
      trials: try open(folder.trials, table: contents.table, run: contents.run, holding: contents.trials),
      tasks: plan.settings.recordsTasks ? try TaskFile(folder.tasks, keeping: contents.trials) : nil,
      timeline: plan.settings.recordsTasks ? try TimelineFile(folder.timeline, keeping: contents.trials) : nil,
      manifest: known ?? manifest(contents.run))
    try store.writeManifest()
    return store
  }

  private static func open(
    _ path: String, table: TrialTable, run: RunIdentity, holding trials: [Trial]
  ) throws(OutputError) -> AppendFile {
    do throws(SystemError) {
      try Files.write(
        CSV.line(table.header) + trials.flatMap { CSV.line(table.row($0, of: run).map(\.description)) }, to: path)
      return try AppendFile(path)
    } catch {
      throw OutputError(path, error)
    }
  }

  /// Keeps a trial: its tasks, then itself in the journal, synced both, then in trials.csv.
  ///
  /// - Parameters:
  ///   - tasks: kept where the plan asks for it.
  ///   - timeline: the same.
  ///   - origin: what the embedded server saw of it.
  package func append(
    _ trial: Trial, tasks rows: @autoclosure () -> [TaskRow] = [], timeline picture: @autoclosure () -> Timeline? = nil,
    origin: OriginReport? = nil
  ) throws(OutputError) {
    try tasks?.append(rows(), of: trial)
    if let timeline, let picture = picture() { try timeline.append(picture, of: trial) }
    try journal.append(trial, origin: origin)
    do {
      try trials.append(CSV.line(table.row(trial, of: run).map(\.description)))
    } catch {
      throw OutputError(folder.trials, error)
    }
  }

  /// - Parameter reason: why it had enough blocks; `nil` where it is to be gone on with.
  package mutating func finish(
    state: String, because reason: StopReason?, at time: String, summaries: [Summary]
  ) throws(OutputError) {
    manifest.state = state
    manifest.stopReason = reason
    manifest.endedAt = time
    try timeline?.close()
    let summary = SummaryTable(experiment: run.experiment, axes: table.axes, metrics: table.metrics)
    try folder.write(summary.csv(summaries), to: folder.summary)
    try writeManifest()
  }

  private func writeManifest() throws(OutputError) {
    guard let json = try? manifest.json() else {
      throw OutputError(folder.manifest, SystemError("encode", .invalidArgument))
    }
    try folder.write(json, to: folder.manifest)
  }
}
