package import Model

/// A rule that says after a whole block whether a run has seen enough.
///
/// The criterion is a matter of statistics, so this room gets it from outside.
package protocol StoppingRule {
  /// Takes a trial into account. It gets warm-ups, too.
  mutating func add(_ trial: Trial)
  /// True if no more blocks are needed.
  var isSatisfied: Bool { get }
  /// Returns the expected number of blocks, by the trials of the blocks so far; `nil` if it isn't known yet.
  func blocksNeeded(after blocks: Int) -> Int?
}
