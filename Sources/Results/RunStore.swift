package import Model
package import OS
internal import SystemPackage

/// The files of a run in progress. Every trial is in them before the next one starts.
package struct RunStore: ~Copyable {
  /// The folder of the run.
  package let folder: RunFolder
  /// The identity of the run, which every row of trials.csv repeats.
  package let run: RunIdentity
  private let table: TrialTable
  private let journal: Journal
  private let trials: AppendFile
  private let tasks: TaskFile?
  private let timeline: TimelineFile?
  /// The manifest. It is written at the start and by `finish`.
  package var manifest: Manifest
  /// The journal's contents from earlier sittings; `nil` for a new run.
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

  /// Starts a new run: makes its folder, and writes the experiment file, the empty tables and the manifest.
  ///
  /// - Parameters:
  ///   - source: the bytes of the experiment file.
  ///   - output: the folder of all results.
  ///   - manifest: makes the manifest.
  /// - Throws: an error if a file can't be written.
  package static func create(
    for plan: Plan, source: [UInt8], output: String, host: String, startedAt time: WallClock,
    manifest: (RunIdentity) -> Manifest
  ) throws(OutputError) -> RunStore {
    let (folder, runID) = try RunFolder.create(in: output, experiment: plan.experiment, at: time.compact)
    let run = RunIdentity(runID: runID, experiment: plan.experiment, host: host)
    let table = TrialTable(axes: plan.axes.map(\.name), metrics: plan.metrics)
    try folder.write(source, to: folder.experiment, isPrivate: !plan.secrets.isEmpty)
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

  /// Continues a run, and writes its trials.csv anew from the journal.
  ///
  /// - Parameters:
  ///   - sitting: the circumstances of this sitting. Those of earlier ones stay as they are.
  ///   - manifest: makes the manifest if the run's own can't be read.
  /// - Throws: an error if a file can't be read or written, or if another process is writing to the journal.
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

  /// Stores a trial: first its tasks, then the journal's line, both synced, and then its row of trials.csv.
  ///
  /// - Parameters:
  ///   - tasks: the rows of tasks.csv, stored if the plan records tasks.
  ///   - timeline: the activities of the workers, stored if the plan records tasks.
  ///   - origin: the embedded server's counts for the trial; `nil` if it isn't used.
  /// - Throws: an error if a file can't be written.
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

  /// Ends the sitting: writes the summary and the manifest.
  ///
  /// - Parameters:
  ///   - state: the state of the run, `completed` or the signal that interrupted it.
  ///   - reason: the reason why the run has enough blocks; `nil` if it can be resumed.
  ///   - time: the time of the end, in ISO 8601, UTC.
  /// - Throws: an error if a file can't be written.
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
