internal import Model
internal import OS
internal import Runner
internal import Time

/// Why a reference run measured nothing.
struct ReferenceProblem: Error, CustomStringConvertible {
  let description: String
}

/// Runs a plan of `doctor` as an experiment is run: each trial in a process of its own.
struct ReferenceRun {
  let interrupts: InterruptSource

  /// - Parameter took: is told how long each measured trial took with the start and the end of its process, in seconds.
  /// - Returns: the measured trials, every one of them ok; warm-ups are left out.
  /// - Throws: `ReferenceProblem` where one isn't, `Interruption`.
  func trials(of plan: Plan, origin: OriginHost? = nil, took: (Double) -> Void = { _ in }) throws -> [Trial] {
    var plan = plan
    if let origin {
      var binding = OriginBinding(url: origin.url)
      plan = binding.bind(plan)
    }
    let environment = ThisProcess.environment
    let run = ExperimentRun(
      plan: plan, effectiveCores: Machine.effectiveCores(), environment: environment, facts: [:],
      interrupts: interrupts)
    var executor = LocalExecutor(
      plan: plan, executable: ThisProcess.executable, environment: environment, interrupts: interrupts, origin: origin)
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
