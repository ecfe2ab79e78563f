internal import Model

/// Bootstrap resamples of whole blocks, the same ones for all cells.
///
/// Effects that the cells of a block share cancel out of their ratios. The seed is fixed: the same trials give the same
/// intervals. Source: Efron & Tibshirani, An Introduction to the Bootstrap, 1993, ch. 13.
struct BlockResamples {
  static let resamples = 10_000
  static let seed: UInt64 = 20_261_122

  let count: Int
  private let blockCount: Int
  /// The number of times that each resample drew each block: `blockCount` numbers for each resample.
  private let weights: [UInt8]

  init(blockCount: Int, resamples: Int = Self.resamples, seed: UInt64 = Self.seed) {
    count = resamples
    self.blockCount = blockCount
    var generator = SplitMix64(seed: seed)
    var weights = [UInt8](repeating: 0, count: blockCount * resamples)
    weights.withUnsafeMutableBufferPointer { weights in
      for start in stride(from: 0, to: weights.count, by: max(1, blockCount)) {
        for _ in 0..<blockCount { weights[start + generator.next(below: blockCount)] &+= 1 }
      }
    }
    self.weights = weights
  }

  /// Calls a closure with the number of times that a resample drew each block.
  func withWeights<Result>(_ resample: Int, _ body: (UnsafeBufferPointer<UInt8>) -> Result) -> Result {
    weights.withUnsafeBufferPointer { weights in
      body(UnsafeBufferPointer(rebasing: weights[(resample * blockCount)..<((resample + 1) * blockCount)]))
    }
  }

  /// Returns the number of resamples for a table: 10,000, or fewer if those would take minutes or more than 256 MiB.
  static func affordable(_ columns: TrialColumns) -> Int {
    let byTrials = max(500, 500_000_000 / max(1, columns.count))
    let byCells = max(200, 20_000_000 / max(1, columns.cells.count))
    let byMemory = max(200, (1 << 28) / max(1, columns.blocks.count))
    return min(resamples, byTrials, byCells, byMemory)
  }

  /// Returns a cell's median in each resample; NaN if the resample drew no block that the cell has a value in.
  ///
  /// - Parameters:
  ///   - values: sorted; the last ones may be infinite.
  ///   - blocks: the block of each value. A block may have several values.
  func medians(ofSorted values: [Double], blocks: [Int32]) -> [Double] {
    precondition(values.count == blocks.count)
    let drawsAll = values.count == blockCount && Set(blocks).count == blockCount
    var result = [Double](repeating: .nan, count: count)
    result.withUnsafeMutableBufferPointer { result in
      weights.withUnsafeBufferPointer { weights in
        blocks.withUnsafeBufferPointer { blocks in
          values.withUnsafeBufferPointer { values in
            for resample in 0..<count {
              let start = resample * blockCount
              let drawn = UnsafeBufferPointer(rebasing: weights[start..<(start + blockCount)])
              let total = drawsAll ? blockCount : blocks.reduce(0) { $0 + Int(drawn[Int($1)]) }
              if total > 0 { result[resample] = Self.median(of: values, blocks: blocks, drawn: drawn, total: total) }
            }
          }
        }
      }
    }
    return result
  }

  /// Returns the median in each resample of values that have one value for each block.
  func medians(byBlock values: [Double]) -> [Double] {
    let order = values.indices.sorted { values[$0] < values[$1] }
    return medians(ofSorted: order.map { values[$0] }, blocks: order.map { Int32($0) })
  }

  /// Returns the median of values, each counted as often as its block was drawn.
  private static func median(
    of values: UnsafeBufferPointer<Double>, blocks: UnsafeBufferPointer<Int32>, drawn: UnsafeBufferPointer<UInt8>,
    total: Int
  ) -> Double {
    var passed = 0
    var index = 0
    while true {
      passed += Int(drawn[Int(blocks[index])])
      if 2 * passed >= total { break }
      index += 1
    }
    guard 2 * passed == total else { return values[index] }
    var next = index + 1
    while drawn[Int(blocks[next])] == 0 { next += 1 }
    return values[next].isInfinite ? .infinity : values[index] + (values[next] - values[index]) / 2
  }

  /// Returns the middle 95 % of the ratios of two cells' resampled medians, base over other (percentile interval).
  ///
  /// A median that timed out is infinite. Leaving such resamples out would flatter the survivors. If both medians timed
  /// out, the ratio may be anything: it counts as 0 for the lower end, and as infinity for the upper one.
  ///
  /// - Returns: `nil` if no resample has both medians.
  static func interval(base: [Double], other: [Double], confidence: Double = 0.95) -> (low: Double, high: Double)? {
    var ratios: [Double] = []
    ratios.reserveCapacity(base.count)
    var unknown = 0
    for (base, other) in zip(base, other) where !base.isNaN && !other.isNaN {
      let ratio = base / other
      if ratio.isNaN { unknown += 1 } else { ratios.append(ratio) }
    }
    let tail = (1 - confidence) / 2
    var lowest = ratios + Array(repeating: 0, count: unknown)
    var highest = ratios + Array(repeating: .infinity, count: unknown)
    guard let low = Quickselect.quantile(tail, of: &lowest), let high = Quickselect.quantile(1 - tail, of: &highest)
    else {
      return nil
    }
    return (low, high)
  }
}
