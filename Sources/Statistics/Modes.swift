internal import Glibc

/// Two levels around which a cell's times lie. A median between them is the time of no trial.
package struct Modes: Hashable, Sendable {
  /// The geometric mean of the shorter times, in seconds.
  package var low: Double
  /// The geometric mean of the longer times, in seconds.
  package var high: Double
  /// The share of the trials that the longer times have, from 0 to 1.
  package var highShare: Double

  static let leastCount = 10

  /// Splits sorted times in two modes; `nil` if they don't have two.
  ///
  /// The split is the one that explains most of the variance of the times' logarithms (Otsu, 1979). Its parts count as
  /// modes under three conditions:
  /// - The split explains more than 82 % + 1.4/n of the variance. Fewer than 1 % of one-humped samples of 10 to 50
  ///   times do, exponential ones included (by simulation: `ModesTests`).
  /// - Each part has at least a fifth of the trials.
  /// - The parts are at least 5 % apart.
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
