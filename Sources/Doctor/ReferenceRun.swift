internal import Model
internal import OS
internal import OriginControl
internal import Runner
internal import Time

/// Why a reference run measured nothing.
struct ReferenceProblem: Error, CustomStringConvertible {
  let description: String
}

/// Runs a plan of `doctor` as an experiment is run: each trial in a process of its own.
struct ReferenceRun {
  /// Where trials run.
  let executors: any ExecutorFactory
  let interrupts: InterruptSource
  let plans: ReferencePlans

  /// - Parameter took: is told how long each measured trial took with the start and the end of its process, in seconds.
  /// - Returns: the measured trials, every one of them ok; warm-ups are left out.
  /// - Throws: `ReferenceProblem` where one isn't, `Interruption`.
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
