package import Board
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
  /// The tasks, as far as they got.
  package var board: Board?
  /// From `run` to `done`, as the runner saw it.
  package var observed: Nanoseconds?
  /// From `run` to its end, whatever that was.
  package var lasted: Nanoseconds?
  /// What the embedded server saw, where it is used.
  package var origin: OriginReport?

  package init(_ end: End, board: Board? = nil, observed: Nanoseconds? = nil) {
    self.end = end
    self.board = board
    self.observed = observed
  }
}

/// Runs trials, somewhere and somehow.
package protocol TrialExecutor {
  /// - Throws: `Interruption` when the user wants an end.
  mutating func execute(_ trial: ScheduledTrial, attempt: Int) throws(Interruption) -> HostedTrial
}

/// SIGINT or SIGTERM came: the run can be gone on with later.
package struct Interruption: Error, Hashable, Sendable {
  package var signal: Int32

  package init(signal: Int32) {
    self.signal = signal
  }
}
