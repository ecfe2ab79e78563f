/// The first argument of a process that concrun starts of itself. Users never write these words.
package enum HiddenCommand: String, CaseIterable, Sendable {
  /// One trial, behind the conversation with the runner.
  case trial = "__trial"
  /// One process of the pool of `processes`.
  case worker = "__worker"
  /// One question to an external plugin: what it offers.
  case describe = "__describe"
  /// The embedded server of a run.
  case origin = "__origin"
}
