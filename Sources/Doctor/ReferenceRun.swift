internal import Model
internal import OS
internal import OriginControl
internal import Runner
internal import Time

/// The reason why a reference run measured nothing.
struct ReferenceProblem: Error, CustomStringConvertible {
  let description: String
}

/// A runner for plans of `doctor`: each trial gets a process of its own, as in an experiment.
struct ReferenceRun {
  /// The factory that decides where trials run.
  let executors: any ExecutorFactory
  let interrupts: InterruptSource
  let plans: ReferencePlans

  /// Runs a plan.
  ///
  /// - Parameter took: receives the seconds of each measured trial, with the start and the end of its process.
  /// - Returns: the measured trials, all of them ok; warm-ups are left out.
  /// - Throws: `ReferenceProblem` if a trial isn't ok, `Interruption`.
  func trials(of plan: Plan, origin: OriginHost? = nil, took: (Double) -> Void = { _ in }) throws -> [Trial] {
    var binding = OriginBinding { origin?.url(threads: $0) ?? "" }
    let bound = binding.bind(plan)
    let run = ExperimentRun(
      plan: bound, effectiveCores: Machine.effectiveCores(), environment: ThisProcess.environment, facts: [:],
      interrupts: interrupts)
    var executor = executors.executor(for: bound, keepsRows: false, origin: origin)
    var trials: [Trial] = []
    var start = Instant.distantPast
    let end = try run.run(with: &executor) { trial, _ throws(ReferenceProblem) in
      guard trial.status == .ok else {
        throw ReferenceProblem(description: "\(trial.status.rawValue): \(trial.error ?? "no message")")
      }
      if !trial.isWarmup { trials.append(trial) }
    } observe: { event in
      switch event {
      case .trialStarted: start = MonotonicClock.now()
      case .trialEnded(let trial, _): if !trial.isWarmup { took((MonotonicClock.now() - start).seconds) }
      }
    }
    switch end {
    case .completed: return trials
    case .interrupted(let signal): throw Interruption(signal: signal)
    case .hookFailed(let reason), .unavailable(let reason): throw ReferenceProblem(description: reason)
    }
  }
}
