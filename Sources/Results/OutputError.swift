package import OS

/// A result that couldn't be written.
package struct OutputError: Error, Hashable, CustomStringConvertible {
  package var path: String
  package var cause: SystemError

  package init(_ path: String, _ cause: SystemError) {
    self.path = path
    self.cause = cause
  }

  package var description: String { "can't write \(path): \(cause.errno)" }
}

/// Results that can't be read.
package struct InputError: Error, Hashable, CustomStringConvertible {
  package var path: String
  package var reason: String

  package init(_ path: String, _ reason: String) {
    self.path = path
    self.reason = reason
  }

  package var description: String { "\(path): \(reason)" }
}
