package import Model

/// A trial in the schedule of a run.
package struct ScheduledTrial: Hashable, Sendable {
  /// Index into the plan's cells.
  package var cell: Int
  /// The block; 0 for warm-ups.
  package var block: Int
  /// The place in its block, from 1.
  package var position: Int
  /// The number among its cell's trials, or among its warm-ups, from 1.
  package var trial: Int
  /// True for a trial of the warm-up.
  package var isWarmup: Bool { block == 0 }
}

/// The order of a run's trials, a pure function of the number of cells, the settings and the seed.
///
/// It has the most trials that the run may need. A shorter run has the beginning of it. Source of randomised blocks:
/// Abedi & Brecht, ICPE 2017.
package struct Schedule: Sequence, IteratorProtocol, Sendable {
  private let cellCount: Int
  private let settings: RunSettings
  private var round = 0
  private var queue: [ScheduledTrial] = []
  private var generator: SplitMix64

  /// Starts a schedule with the order and the seed of the settings.
  package init(cellCount: Int, settings: RunSettings) {
    self.cellCount = cellCount
    self.settings = settings
    generator = SplitMix64(seed: UInt64(truncatingIfNeeded: settings.seed))
  }

  /// Returns the next trial; `nil` after the last one.
  package mutating func next() -> ScheduledTrial? {
    if queue.isEmpty {
      switch settings.order {
      case .blocks: queue = nextBlock().reversed()
      case .sequential: queue = nextCell().reversed()
      }
    }
    return queue.popLast()
  }

  /// Returns every cell once in a random order: first the rounds of the warm-up, then blocks 1, 2, …
  private mutating func nextBlock() -> [ScheduledTrial] {
    guard round < settings.warmup + settings.blocks.upperBound else { return [] }
    round += 1
    let block = Swift.max(0, round - settings.warmup)
    return generator.permutation(cellCount).enumerated().map { place, cell in
      ScheduledTrial(cell: cell, block: block, position: place + 1, trial: block == 0 ? round : block)
    }
  }

  /// Returns all trials of a cell, its warm-ups first.
  private mutating func nextCell() -> [ScheduledTrial] {
    guard round < cellCount else { return [] }
    round += 1
    let warmups = (0..<settings.warmup).map {
      ScheduledTrial(cell: round - 1, block: 0, position: round, trial: $0 + 1)
    }
    let trials = (0..<settings.trials).map {
      ScheduledTrial(cell: round - 1, block: $0 + 1, position: round, trial: $0 + 1)
    }
    return warmups + trials
  }
}
