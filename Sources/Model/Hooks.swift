/// The commands that run before and after trials and runs.
package struct Hooks: Hashable, Sendable {
  /// The moments at which a hook runs; the raw value is the key in the experiment file.
  package enum Moment: String, Sendable, CaseIterable {
    case beforeRun = "before_run"
    case afterRun = "after_run"
    case beforeTrial = "before_trial"
    case afterTrial = "after_trial"
  }

  /// The commands by moment, each a list of a program and its arguments.
  package var commands: [Moment: [String]] = [:]

  package init() {}
}
