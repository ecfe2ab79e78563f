package import OS

/// The error of a result that can't be written.
package struct OutputError: Error, Hashable, CustomStringConvertible {
  /// The path of the file or folder.
  package var path: String
  /// The system call that failed.
  package var cause: SystemError

  /// Makes an error of a path and its cause.
  package init(_ path: String, _ cause: SystemError) {
    self.path = path
    self.cause = cause
  }

  /// The message that users see.
  package var description: String { "can't write \(path): \(cause.errno)" }
}

/// The error of results that can't be read.
package struct InputError: Error, Hashable, CustomStringConvertible {
  /// The path of the file or folder.
  package var path: String
  /// The reason, as the second half of a message.
  package var reason: String

  /// Makes an error of a path and the reason.
  package init(_ path: String, _ reason: String) {
    self.path = path
    self.reason = reason
  }

  /// The message that users see.
  package var description: String { "\(path): \(reason)" }
}
