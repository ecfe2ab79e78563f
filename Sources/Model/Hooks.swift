/// Commands around trials and runs; each an argument list.
package struct Hooks: Hashable, Sendable {
  package enum Moment: String, Sendable, CaseIterable {
    case beforeRun = "before_run"
    case afterRun = "after_run"
    case beforeTrial = "before_trial"
    case afterTrial = "after_trial"
  }

  package var commands: [Moment: [String]] = [:]

  package init() {}
}
