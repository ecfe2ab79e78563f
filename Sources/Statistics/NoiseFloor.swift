internal import Glibc
internal import Model

/// How much two measurements of the same differ by chance, as a share: 0.02 for 2 %.
package enum NoiseFloor {
  static let seed: UInt64 = 20_261_122

  /// Two identical cells of one run, each with so many trials: how far apart their medians are in at most 5 of 100 runs.
  ///
  /// The 95 % quantile of |log ratio of medians| over 2,000 runs drawn from the blocks of an A/A experiment (a bootstrap:
  /// Efron & Tibshirani, An Introduction to the Bootstrap, 1993, ch. 6).
  package static func withinRun(_ cells: IdenticalCells, trials: Int) -> Double {
    var random = SplitMix64(seed: seed)
    let distances = (0..<2000).map { _ in
      let (a, b) = cells.draw(trials, with: &random)
      return abs((median(of: a) ?? 0) - (median(of: b) ?? 0))
    }
    return relative(quantile(0.95, ofSorted: distances.sorted()) ?? 0)
  }

  /// Two runs of the same cell: how far apart their medians are in at most 5 of 100 cases.
  ///
  /// t · √2 · s, where s is the standard deviation of the logarithms of k runs' medians, and t the 97.5 % quantile of
  /// Student's distribution with k − 1 degrees of freedom: the prediction interval of the difference of two further
  /// runs (Hahn & Meeker, Statistical Intervals, 1991, ch. 4). Runs of one hour are more alike than others, so this is
  /// too small until there are medians of several hours.
  ///
  /// - Returns: `nil` for fewer than two medians, or one that isn't positive.
  package static func betweenRuns(medians: [Double]) -> Double? {
    guard medians.allSatisfy({ $0 > 0 && $0.isFinite }),
      let deviation = Descriptive.standardDeviation(medians.map { log($0) })
    else { return nil }
    return relative(StudentT.bound(0.95, degrees: medians.count - 1) * 2.0.squareRoot() * deviation)
  }

  /// The smallest true difference between two cells of one run with so many trials that is seen in 80 of 100 runs: that
  /// the 95 % interval of their ratio, from resampling whole blocks as in a summary, excludes 1.
  ///
  /// A true ratio r moves a ratio's interval by the factor r and leaves its width. So a run that is drawn from the A/A
  /// blocks and has the interval [low, high] would have shown every ratio above 1 / low; the 80 % quantile of these over
  /// 200 runs is the answer.
  package static func detectableDifference(_ cells: IdenticalCells, trials: Int) -> Double {
    var random = SplitMix64(seed: seed)
    let resamples = BlockResamples(blockCount: trials, resamples: 250)
    let needed = (0..<200).compactMap { _ -> Double? in
      let (a, b) = cells.draw(trials, with: &random)
      let interval = BlockResamples.interval(
        base: resamples.medians(byBlock: a.map { exp($0) }), other: resamples.medians(byBlock: b.map { exp($0) }))
      return interval.map { max(0, -log($0.low)) }
    }
    return relative(quantile(0.8, ofSorted: needed.sorted()) ?? 0)
  }

  /// Of a difference of logarithms.
  private static func relative(_ difference: Double) -> Double { expm1(difference) }
}
