internal import Glibc

/// Intervals of many ratios at once. With 95 %, all of them hold the truth, so that the most striking one may be
/// claimed.
///
/// The method is the max statistic of the resamples (Westfall & Young, Resampling-Based Multiple Testing, 1993; Romano
/// & Wolf, Econometrica 2005), balanced (Beran, JASA 1988). The distance of a ratio's logarithm from its centre is
/// counted in quantiles of that ratio's own resamples. So a cell with spikes widens its own interval and not all the
/// others'. The largest such quantile of each resample, over all ratios, has a 95 % quantile q. Each interval reaches
/// as far as q of its own resamples do.
///
/// Resamples of few blocks scatter too little. Two factors correct that: Student's t over the normal quantile at that
/// q, and √(n / (n − 1)) (Hesterberg, The American Statistician 2015, 4.5). `FalseClaimTests` measures false claims.
struct SimultaneousIntervals {
  private struct Ratio {
    var logarithm: Double
    /// The largest distances of the resamples, ascending.
    var tail: [Double]
    /// The number of resamples that have the ratio.
    var known: Int
    var blocks: Int
  }

  private static let confidence = 0.95

  /// For each resample, the largest quantile over all ratios. Quantiles below 95 % are never needed.
  private var largest: [Double]
  private var ratios: [Int: Ratio] = [:]

  init(resamples: Int) {
    largest = Array(repeating: Self.confidence, count: resamples)
  }

  /// Adds a ratio to the family.
  ///
  /// - Parameters:
  ///   - resampled: the ratio in each resample; NaN if the resample lacks a block that the ratio needs. A ratio that is
  ///     zero or infinite in one resample has no interval.
  ///   - blocks: the number of blocks that its medians are of.
  mutating func add(_ key: Int, ratio: Double, resampled: [Double], blocks: Int) {
    guard ratio > 0, ratio.isFinite, resampled.allSatisfy({ $0.isNaN || ($0 > 0 && $0.isFinite) }) else { return }
    let centre = log(ratio)
    let distances = resampled.map { abs(log($0) - centre) }
    var unordered = distances.filter { !$0.isNaN }
    let known = unordered.count
    guard let edge = Quickselect.quantile(Self.confidence, of: &unordered) else { return }
    let far = distances.indices.filter { distances[$0] >= edge }.sorted { distances[$0] < distances[$1] }
    ratios[key] = Ratio(logarithm: centre, tail: far.map { distances[$0] }, known: known, blocks: blocks)
    var quantile = 0.0
    for (place, index) in far.enumerated() {
      // Equal distances have the same quantile: the share of what is nearer.
      if place == 0 || distances[index] > distances[far[place - 1]] {
        quantile = Double(known - far.count + place) / Double(known)
      }
      if quantile > largest[index] { largest[index] = quantile }
    }
  }

  /// Returns the intervals of all ratios that were added, by their keys.
  func intervals() -> [Int: (low: Double, high: Double)] {
    var largest = largest
    guard let quantile = Quickselect.quantile(Self.confidence, of: &largest) else { return [:] }
    var widenings: [Int: Double] = [:]
    return ratios.mapValues { ratio in
      let widening = widenings[ratio.blocks] ?? StudentT.widening(ratio.blocks, at: quantile)
      widenings[ratio.blocks] = widening
      let place = Int((quantile * Double(ratio.known - 1)).rounded(.up)) - (ratio.known - ratio.tail.count)
      let reach = widening * ratio.tail[min(max(0, place), ratio.tail.count - 1)]
      return (exp(ratio.logarithm - reach), exp(ratio.logarithm + reach))
    }
  }
}
