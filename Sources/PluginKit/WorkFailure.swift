package import Board

/// A task's failure that has a class; what else a task throws is of class `error`.
package struct WorkFailure: Error, Hashable, CustomStringConvertible {
  package var kind: TaskFailure
  package var message: String
  /// What was transferred nevertheless.
  package var bytes: Int

  package init(_ kind: TaskFailure, _ message: String, bytes: Int = 0) {
    self.kind = kind
    self.message = message
    self.bytes = bytes
  }

  package var description: String { "\(kind.rawValue): \(message)" }
}
