package import Model

/// A trial that is to be run.
package struct ScheduledTrial: Hashable, Sendable {
  /// Index into the plan's cells.
  package var cell: Int
  /// 0 for warm-ups.
  package var block: Int
  /// The place in its block, from 1.
  package var position: Int
  /// The number among its cell's trials (or warm-ups), from 1.
  package var trial: Int
  package var isWarmup: Bool { block == 0 }
}

/// The order of a run: a pure function of the number of cells, the settings and the seed. As long as the run may become;
/// a shorter one is the beginning of it.
package struct Schedule: Sequence, IteratorProtocol, Sendable {
  private let cellCount: Int
  private let settings: RunSettings
  private var round = 0
  private var queue: [ScheduledTrial] = []
  private var generator: SplitMix64

  package init(cellCount: Int, settings: RunSettings) {
    self.cellCount = cellCount
    self.settings = settings
    generator = SplitMix64(seed: UInt64(truncatingIfNeeded: settings.seed))
  }

  package mutating func next() -> ScheduledTrial? {
    if queue.isEmpty {
      switch settings.order {
      case .blocks: queue = nextBlock().reversed()
      case .sequential: queue = nextCell().reversed()
      }
    }
    return queue.popLast()
  }

  /// Every cell once, in a random order: first the warm-up's rounds, then blocks 1, 2, …
  private mutating func nextBlock() -> [ScheduledTrial] {
    guard round < settings.warmup + settings.blocks.upperBound else { return [] }
    round += 1
    let block = Swift.max(0, round - settings.warmup)
    return generator.permutation(cellCount).enumerated().map { place, cell in
      ScheduledTrial(cell: cell, block: block, position: place + 1, trial: block == 0 ? round : block)
    }
  }

  /// All trials of a cell, its warm-ups first.
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
