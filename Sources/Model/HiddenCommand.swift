/// The first argument of a process that concrun itself starts. Users never write these words.
package enum HiddenCommand: String, CaseIterable, Sendable {
  /// Runs one trial and talks to the runner.
  case trial = "__trial"
  /// Runs one process in the pool of the strategy `processes`.
  case worker = "__worker"
  /// Asks an external plugin for its description.
  case describe = "__describe"
  /// Runs the embedded server.
  case origin = "__origin"
}
