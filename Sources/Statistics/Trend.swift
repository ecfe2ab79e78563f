internal import Glibc
internal import Model

/// The trend of a machine that got slower, or faster, during a run.
///
/// It is Spearman's rank correlation of the blocks' order and means. Single cells aren't tested: among 47 cells, one
/// would nearly always show a trend by chance.
package struct Trend: Hashable, Sendable {
  /// Spearman's rank correlation, from −1 to 1.
  package var correlation: Double
  /// The relative change of times from the first third of the blocks to the last: 0.1 is 10 % slower.
  package var change: Double
  /// The number of blocks.
  package var blocks: Int

  /// The fewest blocks that are tested. With fewer, even a perfect order may be chance.
  static let leastBlocks = 6

  /// Computes the trend of block means; `nil` for too few blocks, or equal means.
  ///
  /// - Parameter blockMeans: means of the logarithms of times, in the order of the blocks.
  init?(blockMeans: [Double]) {
    guard blockMeans.count >= Self.leastBlocks, let correlation = Self.spearman(blockMeans) else { return nil }
    self.correlation = correlation
    blocks = blockMeans.count
    let third = blockMeans.count / 3
    let first = Descriptive.mean(Array(blockMeans.prefix(third))) ?? 0
    let last = Descriptive.mean(Array(blockMeans.suffix(third))) ?? 0
    change = exp(last - first) - 1
  }

  /// The probability that chance gives at least this correlation, in either direction.
  ///
  /// It comes from Student's t with n − 2 degrees of freedom.
  var probability: Double {
    let degrees = blocks - 2
    let t = abs(correlation) * (Double(degrees) / max(0, 1 - correlation * correlation)).squareRoot()
    return 1 - StudentT.probability(within: t, degrees: degrees)
  }

  /// True if chance is an unlikely cause (under 1 %), and the change is at least 1 %.
  var isNotable: Bool { probability < 0.01 && abs(change) >= 0.01 }

  /// Returns the correlation of values with their order: Pearson's, of the ranks; `nil` if all values are equal.
  static func spearman(_ values: [Double]) -> Double? {
    let ranks = self.ranks(values)
    let mean = Double(values.count - 1) / 2
    var (product, ofRanks, ofPlaces) = (0.0, 0.0, 0.0)
    for (place, rank) in ranks.enumerated() {
      product += (rank - mean) * (Double(place) - mean)
      ofRanks += (rank - mean) * (rank - mean)
      ofPlaces += (Double(place) - mean) * (Double(place) - mean)
    }
    return ofRanks > 0 ? product / (ofRanks * ofPlaces).squareRoot() : nil
  }

  /// Returns the ranks of values, from 0. Equal values share the mean of their ranks.
  private static func ranks(_ values: [Double]) -> [Double] {
    let order = values.indices.sorted { values[$0] < values[$1] }
    var ranks = [Double](repeating: 0, count: values.count)
    var start = 0
    while start < order.count {
      var end = start
      while end + 1 < order.count, values[order[end + 1]] == values[order[start]] { end += 1 }
      for index in start...end { ranks[order[index]] = Double(start + end) / 2 }
      start = end + 1
    }
    return ranks
  }
}

extension Trend {
  /// Computes the trend over all blocks in which at least half of the cells have a time.
  ///
  /// Every cell counts the same, whatever its size.
  ///
  /// - Parameter blocks: the blocks that the samples refer to.
  init?(_ samples: [CellSample], _ blocks: [TrialColumns.Block]) {
    let blockCount = blocks.count
    var sums = [Double](repeating: 0, count: blockCount)
    var counts = [Int](repeating: 0, count: blockCount)
    for sample in samples {
      guard let median = sample.median, median > 0, median.isFinite else { continue }
      for (time, block) in zip(sample.times, sample.blocks) where time.isFinite && time > 0 {
        sums[Int(block)] += log(time / median)
        counts[Int(block)] += 1
      }
    }
    let order = blocks.indices.sorted { (blocks[$0].run, blocks[$0].number) < (blocks[$1].run, blocks[$1].number) }
    let whole = order.filter { counts[$0] > 0 && 2 * counts[$0] >= samples.count }
    self.init(blockMeans: whole.map { sums[$0] / Double(counts[$0]) })
  }
}
