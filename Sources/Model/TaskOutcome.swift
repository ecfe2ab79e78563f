/// The way in which a task ended; the raw value is the word in tables and messages.
package enum TaskOutcome: String, Hashable, Sendable, Codable {
  case ok, failed, timeout
}
