/// Quantiles of Student's t, from those of the normal distribution (Abramowitz & Stegun, 26.7.5): to 0.1 % at 97.5 %
/// from 5 degrees of freedom on.
enum StudentT {
  /// Of the normal distribution.
  static let z975 = 1.959_963_984_540_054
  static let z995 = 2.575_829_303_548_901

  /// - Parameter z: the same quantile of the normal distribution.
  static func quantile(_ z: Double, degrees: Int) -> Double {
    let v = Double(degrees)
    let z2 = z * z
    let g1 = (z2 + 1) / 4
    let g2 = ((5 * z2 + 16) * z2 + 3) / 96
    let g3 = (((3 * z2 + 19) * z2 + 17) * z2 - 15) / 384
    let g4 = ((((79 * z2 + 776) * z2 + 1482) * z2 - 1920) * z2 - 945) / 92160
    return z * (1 + (g1 + (g2 + (g3 + g4 / v) / v) / v) / v)
  }

  /// How much wider an interval must be whose standard error was estimated from so few values.
  static func widening(_ count: Int) -> Double { quantile(z975, degrees: max(4, count - 1)) / z975 }
}
