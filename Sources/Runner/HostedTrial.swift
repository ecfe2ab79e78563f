package import Conversation
package import Model
package import Time

/// All the evidence that a trial leaves.
package struct HostedTrial: Sendable {
  package enum End: Hashable, Sendable {
    case done(Done)
    /// The trial said that it can't go on.
    case gaveUp(String)
    /// It took too long and was killed.
    case timedOut(isReady: Bool = true)
    /// Its process ended, or said something senseless.
    case crashed(String)
    /// It was never started.
    case notStarted(String)
    /// What it needs isn't there any more: there is no sense in going on.
    case unavailable(String)
  }

  package var end: End
  /// The tasks, as far as they got; `nil` where the trial didn't even lay them out.
  package var tasks: TaskEvidence?
  /// From `run` to `done`, as the runner saw it.
  package var observed: Nanoseconds?
  /// What the embedded server saw, where it is used.
  package var origin: OriginReport?

  package init(_ end: End, tasks: TaskEvidence? = nil, observed: Nanoseconds? = nil) {
    self.end = end
    self.tasks = tasks
    self.observed = observed
  }
}

/// Runs the trials of a plan, one at a time, on this machine or elsewhere.
package protocol TrialExecutor {
  /// Runs a trial to its end, whatever that is.
  ///
  /// - Throws: `Interruption` when the user wants an end.
  mutating func execute(_ trial: ScheduledTrial, attempt: Int) throws(Interruption) -> HostedTrial
}

/// Makes an executor for each plan that is run: the one place that decides where trials run.
package protocol ExecutorFactory {
  /// - Parameters:
  ///   - plan: whose trials are to be run.
  ///   - keepsRows: whether each task's row is wanted in the evidence, too.
  ///   - origin: the embedded server, where a cell uses it.
  func executor(for plan: BoundPlan, keepsRows: Bool, origin: (any TrialOrigin)?) -> any TrialExecutor
}

/// SIGINT or SIGTERM came: the run can be gone on with later.
package struct Interruption: Error, Hashable, Sendable {
  package var signal: Int32

  package init(signal: Int32) {
    self.signal = signal
  }
}
