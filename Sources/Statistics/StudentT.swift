internal import Glibc

/// Student's t distribution with a whole number of degrees of freedom.
enum StudentT {
  /// Returns P(|T| ≤ t), by a finite series.
  ///
  /// Source: Abramowitz & Stegun, Handbook of Mathematical Functions, 1964, 26.7.3 and 26.7.4.
  static func probability(within t: Double, degrees: Int) -> Double {
    let angle = atan(t / Double(degrees).squareRoot())
    let (sine, cosine) = (sin(angle), cos(angle))
    // Odd: cos θ + 2/3 cos³ θ + …; even: 1 + 1/2 cos² θ + …; each up to the power degrees − 2.
    var term = degrees % 2 == 1 ? cosine : 1
    var sum = degrees == 1 ? 0 : term
    for power in stride(from: degrees % 2 + 2, through: degrees - 2, by: 2) {
      term *= cosine * cosine * Double(power - 1) / Double(power)
      sum += term
    }
    return degrees % 2 == 1 ? 2 / Double.pi * (angle + sine * sum) : sine * sum
  }

  /// Returns the t with P(|T| ≤ t) = probability: 2.776 for 95 % and 4 degrees of freedom.
  static func bound(_ probability: Double, degrees: Int) -> Double {
    var (low, high) = (0.0, 1.0)
    while self.probability(within: high, degrees: degrees) < probability { high *= 2 }
    for _ in 0..<60 {
      let middle = (low + high) / 2
      if self.probability(within: middle, degrees: degrees) < probability { low = middle } else { high = middle }
    }
    return high
  }

  /// Returns the factor by which an interval from resampling few values has to be widened.
  ///
  /// Resampling treats the values as if they were the distribution. The factor is Student's t over the normal quantile,
  /// times √(n / (n − 1)) (Hesterberg, The American Statistician 2015, 4.5).
  ///
  /// - Parameter probability: that of the interval.
  static func widening(_ count: Int, at probability: Double) -> Double {
    // For a thousand values, the factor is 1.001.
    guard count > 1, count <= 1000 else { return 1 }
    let normal = bound(probability, degrees: 1000)
    return bound(probability, degrees: count - 1) / normal * (Double(count) / Double(count - 1)).squareRoot()
  }
}
