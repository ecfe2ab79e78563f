package import SystemPackage

/// A system call that failed.
package struct SystemError: Error, Hashable, CustomStringConvertible {
  /// The name of the call.
  package var call: String
  /// The reason that the system gave.
  package var errno: Errno

  /// Names a call and the reason of its failure.
  package init(_ call: String, _ errno: Errno) {
    self.call = call
    self.errno = errno
  }

  /// `open: No such file or directory`
  package var description: String { "\(call): \(errno)" }
}

/// Calls again while a signal interrupts; throws what `errno` says when the result is negative.
@discardableResult
package func check<Result: SignedInteger>(_ call: String, _ body: () -> Result) throws(SystemError) -> Result {
  while true {
    let result = body()
    if result >= 0 { return result }
    let error = Errno.current
    if error != .interrupted { throw SystemError(call, error) }
  }
}
