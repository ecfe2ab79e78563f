package import Model

/// Says after a whole block whether a run has seen enough. What that means is a matter of statistics, and so injected.
package protocol StoppingRule {
  /// Takes a trial into account; warm-ups come here, too.
  mutating func add(_ trial: Trial)
  /// Whether no more blocks are needed.
  var isSatisfied: Bool { get }
  /// How many blocks it will take, by what so many of them have shown; `nil` where that can't be told yet.
  func blocksNeeded(after blocks: Int) -> Int?
}
