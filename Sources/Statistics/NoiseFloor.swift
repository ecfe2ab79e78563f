internal import Glibc
internal import Model

/// Noise floors: the differences that chance makes between two measurements of the same. All are shares: 0.02 is 2 %.
package enum NoiseFloor {
  static let seed: UInt64 = 20_261_122

  /// Returns the difference that the medians of two identical cells of one run exceed in at most 5 of 100 runs.
  ///
  /// It is the 95 % quantile of |log ratio of medians| over 2,000 runs, drawn from the blocks of an A/A experiment.
  /// Source: the bootstrap of Efron & Tibshirani, An Introduction to the Bootstrap, 1993, ch. 6.
  ///
  /// - Parameter trials: the number of trials of each cell.
  package static func withinRun(_ cells: IdenticalCells, trials: Int) -> Double {
    var random = SplitMix64(seed: seed)
    let distances = (0..<2000).map { _ in
      let (a, b) = cells.draw(trials, with: &random)
      return abs((median(of: a) ?? 0) - (median(of: b) ?? 0))
    }
    return relative(quantile(0.95, ofSorted: distances.sorted()) ?? 0)
  }

  /// Returns the difference that the medians of a cell in two runs exceed in at most 5 of 100 cases.
  ///
  /// It is t · √2 · s. s is the standard deviation of the logarithms of k runs' medians. t is the 97.5 % quantile of
  /// Student's distribution with k − 1 degrees of freedom. This is the prediction interval of the difference of two
  /// further runs (Hahn & Meeker, Statistical Intervals, 1991, ch. 4). Runs of one hour are more alike than others: the
  /// result is too small until there are medians of several hours.
  ///
  /// - Returns: `nil` for fewer than two medians, or one that isn't positive.
  package static func betweenRuns(medians: [Double]) -> Double? {
    guard medians.allSatisfy({ $0 > 0 && $0.isFinite }),
      let deviation = Descriptive.standardDeviation(medians.map { log($0) })
    else { return nil }
    return relative(StudentT.bound(0.95, degrees: medians.count - 1) * 2.0.squareRoot() * deviation)
  }

  /// Returns the smallest true difference between two cells of one run that 80 of 100 runs show.
  ///
  /// A run shows a difference if the 95 % interval of the ratio, from resampling whole blocks as in a summary, excludes
  /// 1. A true ratio r moves the interval by the factor r and leaves its width. So a run that is drawn from the A/A
  /// blocks, and has the interval [low, high], would have shown every ratio above 1 / low. The result is the 80 %
  /// quantile of these over 200 runs.
  ///
  /// - Parameter trials: the number of trials of each cell.
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

  /// Returns the relative difference for a difference of logarithms.
  private static func relative(_ difference: Double) -> Double { expm1(difference) }
}
