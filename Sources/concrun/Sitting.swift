internal import Model
internal import OS
internal import OriginControl
internal import Reports
internal import Results
internal import Runner
internal import Runs
internal import Statistics
internal import SystemPackage

/// One sitting of a run: it measures the trials that earlier sittings didn't, and records them.
struct Sitting: ~Copyable {
  private let plan: Plan
  private let isVerbose: Bool
  private let watch: PrecisionWatch?
  private var store: RunStore
  private var audit: OriginAudit
  private var display: ProgressDisplay
  private var others: OtherRuns
  /// The trials of this sitting and of earlier ones.
  private(set) var trials: [Trial]

  init(
    _ store: consuming RunStore, of plan: Plan, besides others: consuming OtherRuns, progress: ProgressMode,
    isVerbose: Bool
  ) {
    self.plan = plan
    self.isVerbose = isVerbose
    watch = PrecisionWatch(plan)
    trials = store.earlier?.trials ?? []
    audit = OriginAudit(plan)
    for (trial, report) in zip(trials, store.earlier?.origins ?? []) { audit.add(report, trial) }
    display = ProgressDisplay(plan: plan, mode: progress)
    self.others = others
    self.store = store
  }

  /// The file of the run's trials.
  var trialsPath: String { store.folder.trials }

  /// Warnings by the embedded server's counts.
  var originWarnings: [RunWarning] { audit.warnings }

  /// The precision that was reached; `nil` if none was asked for.
  var precision: PrecisionRule? { watch?.rule }

  /// Runs trials until the run has enough, or can't go on.
  ///
  /// - Parameter spared: processes that aren't killed at the end, beside those of the origin.
  mutating func measure(
    on executors: any ExecutorFactory, origin: OriginHost, interrupts: InterruptSource, sparing spared: Set<Int32>
  ) throws -> ExperimentRun.End {
    display.start(folder: store.folder.path, earlier: trials.lastAttempts().count)
    Console.warn(others.warnings)
    defer {
      display.clear()
      Descendants.killAll(sparing: spared.union(origin.processes))
      plan.secrets.blank(in: store.folder.hookLog)
    }
    var binding = OriginBinding(url: origin.url)
    let bound = binding.bind(plan)
    let run = ExperimentRun(
      plan: bound, effectiveCores: Machine.effectiveCores(), environment: ThisProcess.environment,
      facts: facts(origin), interrupts: interrupts, hookLog: store.folder.hookLog, earlier: trials, rule: watch)
    let keepsRows = plan.settings.recordsTasks || isVerbose
    var executor = executors.executor(for: bound, keepsRows: keepsRows, origin: origin)
    let reports = isVerbose ? TrialReport.all(of: bound.shown) : [:]
    return try run.run(with: &executor) { trial, hosted throws(OutputError) in
      try store.append(
        trial, tasks: hosted.tasks?.rows ?? [], timeline: hosted.tasks?.timeline, origin: hosted.origin)
      trials.append(trial)
      audit.add(hosted.origin, trial)
      warn(others.look(now: false))
      if let report = reports[trial.cellID] {
        display.clear()
        Console.errorText(report.text(hosted.tasks?.rows ?? [], of: trial))
      }
    } observe: { event in
      display.show(event)
    }
  }

  private mutating func warn(_ warnings: [String]) {
    if warnings.isEmpty { return }
    display.clear()
    Console.warn(warnings)
  }

  /// Returns the facts about the run that hooks get as environment variables.
  private func facts(_ origin: OriginHost) -> [String: String] {
    var facts = [
      "CONCRUN_EXPERIMENT": plan.experiment,
      "CONCRUN_RUN_FOLDER": Files.canonical(store.folder.path) ?? store.folder.path,
    ]
    facts["CONCRUN_ORIGIN"] = origin.onlyURL
    return facts
  }

  /// Writes the summary and the manifest.
  ///
  /// - Parameter warnings: those of the experiment file.
  /// - Returns: the statistics of the whole run.
  mutating func finish(after end: ExperimentRun.End, warnings: [String]) throws(OutputError) -> Analysis {
    var context = SummaryContext(plan)
    context.take(store.manifest.sittings.last?.machine)
    var analysis = summarise(TrialColumns(trials, metrics: plan.metrics), context)
    analysis.warnings += audit.warnings
    store.manifest.reconciliation = audit.reconciliation
    warn(others.look())
    let known = OtherRuns.warnings(among: store.manifest.warnings)
    let new = others.warnings.filter { !known.contains($0) }
    store.manifest.warnings = warnings + known + new + analysis.warnings.map(\.text)
    try store.finish(
      state: end.state, because: end.stopReason, at: WallClock.now().iso8601, summaries: analysis.cells)
    return analysis
  }
}

extension ExperimentRun.End {
  /// The state of the run, in the words of manifests.
  fileprivate var state: String {
    switch self {
    case .completed: "completed"
    case .interrupted(let signal): "interrupted by \(signalName(signal))"
    case .hookFailed(let reason): reason
    case .unavailable(let reason): "interrupted: \(reason)"
    }
  }

  /// The reason why the run has enough; `nil` if it isn't complete.
  var stopReason: StopReason? { if case .completed(let reason) = self { reason } else { nil } }
}
