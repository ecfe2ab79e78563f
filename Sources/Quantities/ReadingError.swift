/// The reason why a text isn't a quantity of the expected kind, with advice.
package struct ReadingError: Error, Hashable, Sendable {
  /// One clause without a full stop, such as "'5m' isn't a duration".
  package var message: String
  /// Advice, such as "write 5ms"; `nil` if there is none.
  package var hint: String?

  /// Creates an error with its message and advice.
  package init(_ message: String, hint: String? = nil) {
    self.message = message
    self.hint = hint
  }
}
