package import SystemPackage

/// A system call that failed.
package struct SystemError: Error, Hashable, CustomStringConvertible {
  package var call: String
  package var errno: Errno

  package init(_ call: String, _ errno: Errno) {
    self.call = call
    self.errno = errno
  }

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
