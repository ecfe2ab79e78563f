package import Board

/// A task's failure that has a class; what else a task throws is of class `error`.
package struct WorkFailure: Error, Hashable, CustomStringConvertible {
  /// The class of the failure.
  package var kind: TaskFailure
  /// A sentence for the user.
  package var message: String
  /// What was transferred nevertheless.
  package var bytes: Int

  /// Makes a failure.
  package init(_ kind: TaskFailure, _ message: String, bytes: Int = 0) {
    self.kind = kind
    self.message = message
    self.bytes = bytes
  }

  /// The class and the message.
  package var description: String { "\(kind.rawValue): \(message)" }
}
