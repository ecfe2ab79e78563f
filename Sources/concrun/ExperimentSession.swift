internal import ExperimentFile
internal import HTTP
internal import Model
internal import OS
internal import Results
internal import Runner
internal import Statistics
internal import SystemPackage
internal import YAML

/// One experiment from its plan to its tables.
struct ExperimentSession {
  let experiment: LoadedExperiment
  let output: String
  let isResuming: Bool
  let isQuiet: Bool
  let isVerbose: Bool
  let mode: ProgressMode
  let interrupts: InterruptSource
  /// Children that this process had from the start: none of our business.
  let inherited: Set<Int32>

  private var plan: Plan { experiment.plan }

  /// - Returns: the exit status.
  func run() throws -> Int32 {
    do {
      return try runAndWrite()
    } catch let error as OutputError {
      if error.cause.errno == .wouldBlock {
        Console.error("concrun: another concrun is writing to \(error.path)")
        return ExitStatus.cantWrite
      }
      Console.error("concrun: \(error)")
      if Files.kind(of: error.path) == .file {
        Console.error("  what was measured before is kept: --resume goes on when this is mended")
      }
      return ExitStatus.cantWrite
    } catch let error as InputError {
      Console.error("concrun: \(error)")
      return ExitStatus.invalidFile
    } catch let error as OriginHostError {
      Console.error("concrun: \(error)")
      return ExitStatus.unavailable
    } catch let error as LibcurlError {
      Console.error("concrun: \(error)")
      return ExitStatus.unavailable
    }
  }

  private func runAndWrite() throws -> Int32 {
    if plan.sendsRequests { try Libcurl.load() }
    let origin = try OriginHost(for: plan)
    defer { origin.stop() }
    var earlier: [Trial] = []
    var store: RunStore
    if isResuming {
      switch try UnfinishedRun.find(for: plan, in: output) {
      case .noRuns: store = try create()
      case .allWhole(let isOK):
        Console.error("\(plan.experiment): nothing to go on with: its runs in \(output) are whole")
        return isOK ? ExitStatus.done : ExitStatus.notOK
      case .unfinished(let folder):
        store = try RunStore.resume(
          folder, of: plan, sitting: RunFacts.sitting(for: plan), orElse: manifest)
        earlier = store.earlier?.trials ?? []
        tell(store.earlier?.damagedLines ?? 0, store.manifest.sittings, folder)
      }
    } else {
      store = try create()
    }
    var audit = OriginAudit(plan)
    for (trial, report) in zip(earlier, store.earlier?.origins ?? []) { audit.add(report, trial) }
    var display = ProgressDisplay(plan: plan, mode: mode)
    display.start(folder: store.folder.path, earlier: earlier.count)
    let (trials, end) = try measure(&store, earlier, origin, &audit, &display)
    display.clear()
    store.manifest.reconciliation = audit.reconciliation
    var context = SummaryContext(plan)
    context.take(store.manifest.sittings.last?.machine)
    var analysis = summarise(TrialColumns(trials, metrics: plan.metrics), context)
    analysis.warnings += audit.warnings
    store.manifest.warnings = experiment.warnings + analysis.warnings.map(\.text)
    var reason: StopReason?
    if case .completed(let why) = end { reason = why }
    try store.finish(state: state(end), because: reason, at: WallClock.now().iso8601, summaries: analysis.cells)
    if isQuiet { Console.warn(audit.warnings) }
    if !isQuiet, !trials.isEmpty {
      try Console.output(ResultReport(plan: plan, analysis: analysis).text)
      Console.warn(analysis.warnings)
      let notOK = trials.count { $0.status != .ok }
      let failures = notOK > 0 ? "\(notOK) of \(Humanize.plural(trials.count, "trial")) not ok: " : ""
      Console.error("  \(failures)\(store.folder.trials)\n")
    }
    if !isQuiet, let notice = reason.flatMap(StopNotice(plan: plan, trials: trials).text) {
      Console.error("\(plan.experiment): \(notice)")
    }
    return status(end, trials)
  }

  private func create() throws(OutputError) -> RunStore {
    try RunStore.create(
      for: plan, source: experiment.source.bytes, output: output, host: Machine.hostName(), startedAt: .now(),
      manifest: manifest)
  }

  private func manifest(_ run: RunIdentity) -> Manifest {
    Manifest(plan: plan, run: run, sitting: RunFacts.sitting(for: plan), warnings: experiment.warnings)
  }

  private func tell(_ damagedLines: Int, _ sittings: [Manifest.Sitting], _ folder: RunFolder) {
    if damagedLines > 0 {
      Console.error(
        "\(folder.journal): \(Humanize.plural(damagedLines, "line")) can't be read; those trials are run again")
    }
    if let first = sittings.first, let last = sittings.last,
      first.machine.host != last.machine.host || first.versions != last.versions
    {
      Console.error("\(folder.path): begun on another machine or by another version: its trials may not be comparable")
    }
  }

  private func measure(
    _ store: inout RunStore, _ earlier: [Trial], _ origin: OriginHost, _ audit: inout OriginAudit,
    _ display: inout ProgressDisplay
  ) throws -> ([Trial], ExperimentRun.End) {
    let environment = ThisProcess.environment
    var facts = [
      "CONCRUN_EXPERIMENT": plan.experiment,
      "CONCRUN_RUN_FOLDER": Files.canonical(store.folder.path) ?? store.folder.path,
    ]
    facts["CONCRUN_ORIGIN"] = origin.onlyURL
    var binding = OriginBinding(url: origin.url)
    let bound = binding.bind(plan)
    let cells = Dictionary(bound.cells.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
    let run = ExperimentRun(
      plan: bound, effectiveCores: Machine.effectiveCores(), environment: environment, facts: facts,
      interrupts: interrupts, hookLog: store.folder.hookLog, earlier: earlier,
      rule: PrecisionRule(plan))
    var executor = LocalExecutor(
      plan: bound, executable: ThisProcess.executable, environment: environment, interrupts: interrupts,
      origin: origin,
      sweep: {
        // What hooks started stays: a server, say, that the trials talk to.
        let before = Descendants.children()
        return { Descendants.killAll(sparing: before) }
      })
    defer { Descendants.killAll(sparing: inherited.union(origin.processes)) }
    var trials = earlier
    let end = try run.run(with: &executor) { trial, hosted throws(OutputError) in
      try store.append(trial, tasks: hosted.tasks, timeline: hosted.timeline, origin: hosted.origin)
      trials.append(trial)
      audit.add(hosted.origin, trial)
      if isVerbose, let cell = cells[trial.cellID] {
        display.clear()
        Console.raw(TaskLines(cell, plan.catalog).text(hosted.tasks, trial))
      }
    } observe: { event in
      display.show(event)
    }
    return (trials, end)
  }

  private func state(_ end: ExperimentRun.End) -> String {
    switch end {
    case .completed: "completed"
    case .interrupted(let signal): "interrupted by \(signalName(signal))"
    case .hookFailed(let reason): reason
    case .unavailable(let reason): "interrupted: \(reason)"
    }
  }

  private func status(_ end: ExperimentRun.End, _ trials: [Trial]) -> Int32 {
    switch end {
    case .completed: return trials.allSatisfy { $0.status == .ok } ? ExitStatus.done : ExitStatus.notOK
    case .interrupted(let signal):
      tellOfResuming(after: trials.count)
      return ExitStatus.interrupted(by: signal)
    case .hookFailed(let reason):
      Console.error("concrun: \(plan.experiment): \(reason)")
      return ExitStatus.unavailable
    case .unavailable(let reason):
      Console.error("concrun: \(plan.experiment): \(reason)")
      tellOfResuming(after: trials.count)
      return ExitStatus.unavailable
    }
  }

  private func tellOfResuming(after count: Int) {
    Console.error(
      "\(plan.experiment): interrupted after \(count) of \(Humanize.plural(plan.trialCounts, "trial")); "
        + "the same command with --resume goes on")
  }
}
