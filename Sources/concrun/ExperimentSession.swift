internal import ExperimentFile
internal import HTTP
internal import Model
internal import OS
internal import OriginControl
internal import Reports
internal import Results
internal import Runner
internal import Statistics
internal import YAML

/// One experiment from its plan to its tables.
struct ExperimentSession {
  let experiment: LoadedExperiment
  let options: SessionOptions
  /// The factory that decides where trials run.
  let executors: any ExecutorFactory
  let interrupts: InterruptSource
  /// Children that this process had from the start. They aren't killed.
  let inherited: Set<Int32>

  private var plan: Plan { experiment.plan }

  /// Runs the experiment, and prints a message for every problem.
  ///
  /// - Returns: the exit status.
  /// - Throws: an exit if standard output can't be written.
  func run() throws -> Int32 {
    do {
      return try measureAndReport()
    } catch let failure as any SessionFailure {
      for line in failure.lines { Console.error(line) }
      return failure.exitStatus
    }
  }

  private func measureAndReport() throws -> Int32 {
    if plan.sendsRequests { try Libcurl.load() }
    let origin = try OriginHost(for: plan)
    defer { origin.stop() }
    let beginning = options.isResuming ? try UnfinishedRun.find(for: plan, in: options.output) : .noRuns
    if case .allWhole(let isOK) = beginning { return nothingToResume(isOK) }
    let others = OtherRuns(besides: plan.experiment, environment: ThisProcess.environment)
    var sitting = Sitting(
      try store(beginning, warnings: experiment.warnings + others.warnings), of: plan, besides: others,
      progress: options.progress, isVerbose: options.isVerbose)
    let end = try sitting.measure(on: executors, origin: origin, interrupts: interrupts, sparing: inherited)
    let analysis = try sitting.finish(after: end, warnings: experiment.warnings)
    let report = SessionReport(
      plan: plan, trials: sitting.trials.lastAttempts(), path: sitting.trialsPath, isQuiet: options.isQuiet)
    try report.tell(analysis, originWarnings: sitting.originWarnings)
    report.tell(end, precision: sitting.precision)
    return report.exitStatus(after: end)
  }

  private func nothingToResume(_ isOK: Bool) -> Int32 {
    Console.error("\(plan.experiment): nothing to go on with: its runs in \(options.output) are whole")
    return isOK ? ExitStatus.done : ExitStatus.notOK
  }

  /// Opens the files of the run that is resumed, or of a new one.
  private func store(_ beginning: UnfinishedRun, warnings: [String]) throws(OutputError) -> RunStore {
    let manifest = { (run: RunIdentity) in
      Manifest(plan: plan, run: run, sitting: RunFacts.sitting(for: plan), warnings: warnings)
    }
    guard case .unfinished(let folder) = beginning else {
      return try RunStore.create(
        for: plan, source: experiment.source.bytes, output: options.output, host: Machine.hostName(),
        startedAt: .now(), manifest: manifest)
    }
    let store = try RunStore.resume(folder, of: plan, sitting: RunFacts.sitting(for: plan), orElse: manifest)
    tell(of: folder, damagedLines: store.earlier?.damagedLines ?? 0, sittings: store.manifest.sittings)
    return store
  }

  private func tell(of folder: RunFolder, damagedLines: Int, sittings: [Manifest.Sitting]) {
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
}

/// The choices of the command line that concern one experiment.
struct SessionOptions {
  /// The folder in which each experiment has its results.
  let output: String
  let isResuming: Bool
  let isQuiet: Bool
  let isVerbose: Bool
  let progress: ProgressMode
}
