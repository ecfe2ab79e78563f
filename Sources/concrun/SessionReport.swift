internal import Model
internal import Reports
internal import Runner
internal import Statistics

/// The report at the end of an experiment.
struct SessionReport {
  let plan: Plan
  let trials: [Trial]
  /// The file of the trials.
  let path: String
  let isQuiet: Bool

  /// Prints tables and warnings.
  func tell(_ analysis: Analysis, originWarnings: [RunWarning]) throws {
    if isQuiet { return Console.warn(originWarnings) }
    if trials.isEmpty { return }
    try Console.output(ResultReport(plan, analysis).text)
    Console.warn(analysis.warnings)
    let notOK = trials.count { $0.status != .ok }
    let failures = notOK > 0 ? "\(notOK) of \(Humanize.plural(trials.count, "trial")) not ok: " : ""
    Console.error("  \(failures)\(path)\n")
  }

  /// Prints the reason why the run ended, unless all planned trials are done.
  func tell(_ end: ExperimentRun.End, precision: PrecisionRule?) {
    let blocks = trials.map(\.block).max() ?? 0
    let sentence = StopSentence(settings: plan.settings, blocks: blocks, rule: precision)
    if !isQuiet, let text = end.stopReason.flatMap(sentence.text) { Console.error("\(plan.experiment): \(text)") }
    switch end {
    case .completed: break
    case .interrupted: tellOfResuming()
    case .hookFailed(let reason): Console.error("concrun: \(plan.experiment): \(reason)")
    case .unavailable(let reason):
      Console.error("concrun: \(plan.experiment): \(reason)")
      tellOfResuming()
    }
  }

  private func tellOfResuming() {
    Console.error(
      "\(plan.experiment): interrupted after \(trials.count) of \(Humanize.plural(plan.trialCounts, "trial")); "
        + "the same command with --resume goes on")
  }

  func exitStatus(after end: ExperimentRun.End) -> Int32 {
    switch end {
    case .completed: trials.allSatisfy { $0.status == .ok } ? ExitStatus.done : ExitStatus.notOK
    case .interrupted(let signal): ExitStatus.interrupted(by: signal)
    case .hookFailed, .unavailable: ExitStatus.unavailable
    }
  }
}
