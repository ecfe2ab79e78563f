internal import OS

/// The processes that a trial leaves running, told apart from those that were there before it.
package struct Leftovers {
  /// What becomes of such processes.
  package enum Policy: Sendable {
    /// They are killed. For a process that adopts orphans (`Descendants.adopt`).
    case killed
    /// They go on: another process sees to them.
    case spared
  }

  private let policy: Policy
  /// Children that are none of the trial's, such as a server that a hook started.
  private let others: Set<Int32>

  /// Notes which processes are there now.
  init(_ policy: Policy) {
    self.policy = policy
    others = policy == .killed ? Descendants.children() : []
  }

  /// Ends all that came since.
  func end() {
    if policy == .killed { Descendants.killAll(sparing: others) }
  }
}
