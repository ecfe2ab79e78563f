internal import Glibc
internal import Model

/// An A/A experiment: cells that do the same work, so that every difference between them is chance.
package struct IdenticalCells: Sendable {
  /// Logarithms of times, a row for each block, with a place for each cell.
  private let blocks: [[Double]]

  /// The fewest blocks that say enough of the distribution of times.
  package static let minimumBlocks = 6

  /// Takes times by run, block and cell, in seconds, and removes the differences between runs.
  ///
  /// Each time is divided by the median of its run.
  ///
  /// - Returns: `nil` if there are too few blocks, a block has fewer than two cells, or a time isn't positive.
  package init?(runs: [[[Double]]]) {
    let all = runs.joined()
    let times = all.joined()
    guard all.count >= Self.minimumBlocks, all.allSatisfy({ $0.count > 1 }), times.allSatisfy({ $0 > 0 && $0.isFinite })
    else { return nil }
    blocks = runs.flatMap { blocks in
      let logarithms = blocks.map { $0.map { log($0) } }
      let middle = Descriptive.median(ofSorted: logarithms.joined().sorted()) ?? 0
      return logarithms.map { $0.map { $0 - middle } }
    }
  }

  /// Draws the logarithms of the times that two identical cells of a new run would have measured.
  ///
  /// It draws blocks with replacement, and from each of them two different cells in random order. Within a block,
  /// identical cells are exchangeable.
  ///
  /// - Parameter count: the number of blocks of the new run.
  func draw(_ count: Int, with random: inout SplitMix64) -> (a: [Double], b: [Double]) {
    var (a, b): ([Double], [Double]) = ([], [])
    for _ in 0..<count {
      let block = blocks[random.next(below: blocks.count)]
      let first = random.next(below: block.count)
      let second = (first + 1 + random.next(below: block.count - 1)) % block.count
      a.append(block[first])
      b.append(block[second])
    }
    return (a, b)
  }
}
