package import Time

/// A trouble from outside that makes a trial's evidence worthless. Such a trial is repeated.
package enum Disturbance: Hashable, Sendable {
  /// The trial was stopped, or the machine was suspended, for so long; zero if the time isn't known.
  case stopped(Nanoseconds)
  /// The embedded server died or fell silent while the trial ran. The text says how.
  case originDied(String)
}

extension Disturbance: CustomStringConvertible {
  /// The words for messages and rows.
  package var description: String {
    switch self {
    case .stopped(.zero): "it was stopped while it ran"
    case .stopped(let time): "it was stopped for \(String(shortest: (time.seconds * 1000).rounded() / 1000)) s"
    case .originDied(let reason): "the embedded server was lost while it ran: \(reason)"
    }
  }
}
