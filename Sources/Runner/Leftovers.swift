internal import OS

/// The processes that a trial leaves running, told apart from those that were there before it.
package struct Leftovers {
  /// The treatment of such processes.
  package enum Policy: Sendable {
    /// They are killed. The process must adopt orphans (`Descendants.adopt`).
    case killed
    /// They go on. Another process is responsible for them.
    case spared
  }

  private let policy: Policy
  /// Children that aren't the trial's, such as a server that a hook started.
  private let others: Set<Int32>

  /// Notes the processes that are there now.
  init(_ policy: Policy) {
    self.policy = policy
    others = policy == .killed ? Descendants.children() : []
  }

  /// Kills all processes that came since, if the policy says so.
  ///
  /// - Parameter spared: processes that live on although they came since, such as a server that was started anew.
  func end(sparing spared: Set<Int32>) {
    if policy == .killed { Descendants.killAll(sparing: others.union(spared)) }
  }
}
