package import OS

/// Why there is no board.
package enum BoardError: Error, Hashable, CustomStringConvertible {
  case taskCount(Int)
  case memory(SystemError)
  case notABoard

  /// A sentence for the user.
  package var description: String {
    switch self {
    case .taskCount(let count): "\(count) tasks: a trial can have at most \(Board.maximumTaskCount)"
    case .memory(let error): "no shared memory for the tasks: \(error)"
    case .notABoard: "descriptor 3 isn't a trial's board; trials are started by `concrun run`"
    }
  }
}
