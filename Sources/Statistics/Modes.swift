internal import Glibc

/// Two levels that a cell's times keep to: a median between them is the time of no trial.
package struct Modes: Hashable, Sendable {
  /// The mean times of the two, the shorter first.
  package var low: Double
  package var high: Double
  /// The share of the trials that the higher one has.
  package var highShare: Double

  static let leastCount = 10

  /// Splits the logarithms of times where the two parts explain most of their variance (Otsu, 1979). They are modes
  /// where that is more than 82 % + 1.4/n: of one-humped samples of 10 to 50, the exponential ones among them, less than
  /// 1 % are so (by simulation: `ModesTests`); where each part has a fifth of the trials; and where they are 5 % apart.
  init?(ofSorted times: [Double]) {
    guard times.count >= Self.leastCount, let first = times.first, let last = times.last, first > 0, last.isFinite,
      first < last
    else { return nil }
    let logs = times.map { log($0) }
    let count = Double(logs.count)
    let mean = logs.reduce(0, +) / count
    let total = logs.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
    let least = max(3, (logs.count + 4) / 5)
    var below = logs.prefix(least).reduce(0) { $0 + ($1 - mean) }
    var best = (share: 0.0, split: 0)
    for split in least...(logs.count - least) {
      if split > least { below += logs[split - 1] - mean }
      let size = Double(split)
      // The two parts' sums cancel: between-class variance.
      let between = below * below / size + below * below / (count - size)
      if between / total > best.share { best = (between / total, split) }
    }
    guard best.share > 0.82 + 1.4 / count else { return nil }
    low = exp(logs.prefix(best.split).reduce(0, +) / Double(best.split))
    high = exp(logs.dropFirst(best.split).reduce(0, +) / (count - Double(best.split)))
    highShare = 1 - Double(best.split) / count
    guard high >= 1.05 * low else { return nil }
  }
}
