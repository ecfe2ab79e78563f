internal import Glibc

/// The confidence interval of a median from exact binomial ranks.
///
/// It assumes independent trials, and nothing about the shape of their distribution. Source: Conover, Practical
/// Nonparametric Statistics.
enum MedianInterval {
  /// The fewest values that have an interval. With 5, the smallest and the largest enclose the median in 93.75 % of
  /// cases only.
  static let minimumCount = 6

  /// Returns the ranks l and n + 1 − l, from 1; `nil` if n is too small for the confidence.
  ///
  /// l is the largest with 1 − 2 · P(Bin(n, ½) ≤ l − 1) ≥ confidence. At 95 %: n = 6 → (1, 6), 10 → (2, 9), 20 → (6,
  /// 15), 30 → (10, 21).
  static func ranks(_ n: Int, confidence: Double = 0.95) -> (lower: Int, upper: Int)? {
    guard n > 0 else { return nil }
    var cumulative = 0.0
    var lower = 0
    for k in 0..<n {
      cumulative += exp(lgamma(Double(n + 1)) - lgamma(Double(k + 1)) - lgamma(Double(n - k + 1)) - Double(n) * log(2))
      // A hair of tolerance for the rounding of lgamma.
      guard 1 - 2 * cumulative >= confidence - 1e-12 else { break }
      lower = k + 1
    }
    return lower == 0 ? nil : (lower, n + 1 - lower)
  }

  /// Returns the values at these ranks; `nil` for fewer than 6 values.
  static func interval(ofSorted values: [Double], confidence: Double = 0.95) -> (low: Double, high: Double)? {
    guard values.count >= minimumCount, let (lower, upper) = ranks(values.count, confidence: confidence) else {
      return nil
    }
    return (values[lower - 1], values[upper - 1])
  }
}
