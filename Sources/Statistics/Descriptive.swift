/// Returns the quantile of sorted values, by linear interpolation between the neighbours; `nil` for no values.
///
/// Infinite values are allowed at the upper end; the result may then be infinite. Source: type 7 of Hyndman & Fan, The
/// American Statistician 1996, which is NumPy's default.
///
/// - Parameter p: a share, 0.5 for the median.
package func quantile(_ p: Double, ofSorted values: some RandomAccessCollection<Double>) -> Double? {
  guard let last = values.last else { return nil }
  func value(_ place: Int) -> Double { values[values.index(values.startIndex, offsetBy: place)] }
  let place = p * Double(values.count - 1)
  let lower = Int(place.rounded(.down))
  let fraction = place - Double(lower)
  guard lower + 1 < values.count, fraction > 0 else { return lower < values.count ? value(lower) : last }
  if value(lower + 1).isInfinite { return .infinity }
  return value(lower) + fraction * (value(lower + 1) - value(lower))
}

/// Statistics of one sample of times. None of them drops an outlier.
enum Descriptive {

  static func median(ofSorted values: [Double]) -> Double? { quantile(0.5, ofSorted: values) }

  /// Returns the mean of finite values; `nil` for no values.
  ///
  /// It sums around the first value: the mean of equal values is exactly that value, and their deviation is 0.
  static func mean(_ values: [Double]) -> Double? {
    guard let first = values.first else { return nil }
    return first + values.reduce(0) { $0 + ($1 - first) } / Double(values.count)
  }

  /// Returns the standard deviation with divisor n − 1; `nil` for fewer than two values.
  static func standardDeviation(_ values: [Double]) -> Double? {
    guard values.count > 1, let mean = mean(values) else { return nil }
    let squares = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
    return (squares / Double(values.count - 1)).squareRoot()
  }

  /// Returns the median of the absolute deviations from the median, not scaled; `nil` without a finite median.
  static func medianAbsoluteDeviation(ofSorted values: [Double]) -> Double? {
    guard let median = median(ofSorted: values), median.isFinite else { return nil }
    return Descriptive.median(ofSorted: values.map { abs($0 - median) }.sorted())
  }

  /// Returns the number of values that are more than 1.5 interquartile ranges outside of the quartiles.
  ///
  /// Source: Tukey, Exploratory Data Analysis, 1977.
  ///
  /// - Returns: `nil` for no values, or an infinite upper quartile.
  static func outliers(ofSorted values: [Double]) -> Int? {
    guard let p25 = quantile(0.25, ofSorted: values), let p75 = quantile(0.75, ofSorted: values), p75.isFinite else {
      return nil
    }
    let reach = 1.5 * (p75 - p25)
    return values.count { $0 < p25 - reach || $0 > p75 + reach }
  }
}

/// Returns the median of values in any order; `nil` for no values.
package func median(of values: [Double]) -> Double? { Descriptive.median(ofSorted: values.sorted()) }
