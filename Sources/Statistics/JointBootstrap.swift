internal import Model

/// Resamples whole blocks, the same ones for all cells: what the cells of a block have in common cancels out of ratios.
///
/// Percentile intervals (Efron & Tibshirani, An Introduction to the Bootstrap, 1993, ch. 13) with a fixed seed: the same
/// trials give the same intervals.
struct JointBootstrap {
  static let resamples = 10_000
  static let seed: UInt64 = 20_261_122

  /// Indices into the blocks, `blockCount` for each resample.
  private let draws: [Int32]
  private let blockCount: Int

  init(blockCount: Int, resamples: Int = Self.resamples, seed: UInt64 = Self.seed) {
    self.blockCount = blockCount
    var generator = SplitMix64(seed: seed)
    draws = (0..<(blockCount * resamples)).map { _ in Int32(generator.next(below: blockCount)) }
  }

  /// The median of each resample; `nil` where it drew only blocks that this cell has no value in.
  ///
  /// - Parameter values: one for each block.
  func medians(_ values: [Double?]) -> [Double?] {
    precondition(values.count == blockCount)
    var sample: [Double] = []
    sample.reserveCapacity(blockCount)
    return stride(from: 0, to: draws.count, by: max(1, blockCount)).map { start in
      sample.removeAll(keepingCapacity: true)
      for index in start..<(start + blockCount) {
        if let value = values[Int(draws[index])] { sample.append(value) }
      }
      sample.sort()
      return Descriptive.median(ofSorted: sample)
    }
  }

  /// The middle 95 % of the ratios of two cells' medians, base over other.
  ///
  /// A median that timed out is infinite. Leaving such resamples out would flatter the survivors; and where both timed
  /// out, the ratio may be anything: it counts as 0 for the lower end, and as infinity for the upper one.
  static func interval(
    base: [Double?], other: [Double?], confidence: Double = 0.95
  ) -> (low: Double, high: Double)? {
    let ratios = zip(base, other).compactMap { base, other -> Double? in
      guard let base, let other else { return nil }
      return base / other
    }
    let tail = (1 - confidence) / 2
    func quantile(_ p: Double, unknown: Double) -> Double? {
      Descriptive.quantile(p, ofSorted: ratios.map { $0.isNaN ? unknown : $0 }.sorted())
    }
    guard let low = quantile(tail, unknown: 0), let high = quantile(1 - tail, unknown: .infinity) else { return nil }
    return (low, high)
  }
}
