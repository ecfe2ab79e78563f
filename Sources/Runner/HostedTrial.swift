package import Conversation
package import Model
package import Time

/// The evidence that a trial leaves.
package struct HostedTrial: Sendable {
  /// The way a trial ended.
  package enum End: Hashable, Sendable {
    case done(Done)
    /// The trial reported that it can't go on.
    case gaveUp(String)
    /// The trial took longer than its timeout and was killed.
    case timedOut(isReady: Bool = true)
    /// The trial's process ended, or broke the protocol.
    case crashed(String)
    /// The trial was never started.
    case notStarted(String)
    /// A thing that trials need is gone. Later trials would fail, too.
    case unavailable(String)
  }

  /// The way it ended.
  package var end: End
  /// The state of the tasks at the end; `nil` if the trial didn't even lay them out.
  package var tasks: TaskEvidence?
  /// The time from `run` to `done` on the runner's clock; `nil` without a `done`.
  package var observed: Nanoseconds?
  /// The counts of the embedded server; `nil` if the trial doesn't use it, or if it gave none.
  package var origin: OriginReport?
  /// The trouble that makes this evidence worthless; `nil` if there was none. The trial is repeated.
  package var disturbance: Disturbance?

  /// Takes the end, and the evidence that is there.
  package init(_ end: End, tasks: TaskEvidence? = nil, observed: Nanoseconds? = nil) {
    self.end = end
    self.tasks = tasks
    self.observed = observed
  }
}
