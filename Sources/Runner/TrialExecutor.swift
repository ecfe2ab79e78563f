package import Model

/// An executor of a plan's trials, one at a time, on this machine or elsewhere.
package protocol TrialExecutor {
  /// Runs a trial to its end, however it ends.
  ///
  /// - Throws: `Interruption` if the user interrupts it.
  mutating func execute(_ trial: ScheduledTrial, attempt: Int) throws(Interruption) -> HostedTrial
}

/// A factory of executors, one for each plan that is run. It alone decides where trials run.
package protocol ExecutorFactory {
  /// Makes an executor.
  ///
  /// - Parameters:
  ///   - plan: the plan of the trials.
  ///   - keepsRows: whether the evidence has each task's row, too.
  ///   - origin: the embedded server; `nil` if no cell uses it.
  func executor(for plan: BoundPlan, keepsRows: Bool, origin: (any TrialOrigin)?) -> any TrialExecutor
}

/// An error that means that SIGINT or SIGTERM came. The run can be resumed later.
package struct Interruption: Error, Hashable, Sendable {
  /// The number of the signal.
  package var signal: Int32

  /// Takes the number of the signal.
  package init(signal: Int32) {
    self.signal = signal
  }
}
