internal import Glibc

/// Intervals of many ratios at once: with 95 % all of them hold the truth, so that the most striking one may be claimed.
///
/// The largest standardised deviation in each resample, over all ratios, has a 95 % quantile c; each interval is the
/// logarithm of its ratio ± c standard errors of its own resamples (the max statistic: Westfall & Young,
/// Resampling-Based Multiple Testing, 1993; Romano & Wolf, Econometrica 2005). Standard errors from few blocks are too
/// small, hence the factor of Student's t over the normal (Hesterberg, The American Statistician 2015).
struct SimultaneousIntervals {
  private struct Ratio {
    var logarithm: Double
    var error: Double
    var blocks: Int
  }

  private var largest: [Double]
  private var ratios: [Int: Ratio] = [:]

  init(resamples: Int) {
    largest = Array(repeating: 0, count: resamples)
  }

  /// Adds a ratio to the family.
  ///
  /// - Parameters:
  ///   - resampled: its value in each resample. One that is unknown or infinite in a resample has no interval, and none
  ///     that is infinitely far away widens the others'.
  ///   - blocks: how many its medians are of.
  mutating func add(_ key: Int, ratio: Double, resampled: [Double], blocks: Int) {
    guard ratio > 0, ratio.isFinite, resampled.allSatisfy({ $0 > 0 && $0.isFinite }) else { return }
    let centre = log(ratio)
    var deviations = resampled.map { log($0) }
    let mean = deviations.reduce(0, +) / Double(deviations.count)
    let variance = deviations.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(max(1, deviations.count - 1))
    let error = variance.squareRoot()
    ratios[key] = Ratio(logarithm: centre, error: error, blocks: blocks)
    guard error > 1e-12 else { return }
    for index in deviations.indices {
      deviations[index] = abs(deviations[index] - centre) / error
      if deviations[index] > largest[index] { largest[index] = deviations[index] }
    }
  }

  /// The intervals of all that were added.
  func intervals(confidence: Double = 0.95) -> [Int: (low: Double, high: Double)] {
    var largest = largest
    guard let critical = Selection.quantile(confidence, of: &largest) else { return [:] }
    return ratios.mapValues { ratio in
      let reach = critical * StudentT.widening(ratio.blocks) * ratio.error
      return (exp(ratio.logarithm - reach), exp(ratio.logarithm + reach))
    }
  }
}
