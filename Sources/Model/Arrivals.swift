internal import Glibc
package import Time

/// An arrival schedule for tasks, which ignores whether a worker is free: an open loop.
package struct Arrivals: Hashable, Sendable, Codable {
  /// The distribution of the gaps between two arrivals.
  package enum Process: String, Hashable, Sendable, Codable, CaseIterable {
    /// All gaps are equal.
    case constant
    /// Gaps are independent and exponentially distributed, like the arrivals of many independent users.
    case poisson
  }

  /// A steady change of the rate, before it stays as it is.
  package struct Ramp: Hashable, Sendable, Codable {
    /// The rate at t₀, in tasks a second; 0 or more.
    package var from: Double
    /// The time until the rate is that of the schedule, in seconds; above 0.
    package var over: Double

    /// Makes a ramp.
    package init(from: Double, over: Double) {
      self.from = from
      self.over = over
    }

    private enum CodingKeys: String, CodingKey {
      case from
      case over = "over_s"
    }
  }

  /// The mean number of tasks that become due in a second, after the ramp if there is one.
  package var rate: Double
  /// The distribution of the gaps.
  package var process: Process
  /// The seed of the gaps, used for `poisson` only.
  package var seed: UInt64
  /// The change of the rate at the beginning; `nil` if the rate is the same all the time.
  package var ramp: Ramp?

  /// Makes a schedule with this mean rate, in tasks a second.
  package init(rate: Double, process: Process, seed: UInt64, ramp: Ramp? = nil) {
    self.rate = rate
    self.process = process
    self.seed = seed
    self.ramp = ramp
  }

  /// Returns the due times of the first `count` tasks, measured from t₀. The first task is due at once.
  package func schedule(_ count: Int) -> [Nanoseconds] {
    guard ramp != nil else { return steps(count, of: Nanoseconds.perSecond / rate).map(Self.whole) }
    return steps(count, of: 1).map { Self.whole(time(of: $0) * Nanoseconds.perSecond) }
  }

  /// Returns the moment at which a number of arrivals is expected, in seconds since t₀.
  ///
  /// The rate is `a` at first and `rate` after `T`, so that a t + c t² arrivals are expected until t, with
  /// c = (rate − a) / 2T. This solves that for t, in the form that loses no digits where c is small.
  private func time(of arrivals: Double) -> Double {
    guard let ramp else { return arrivals / rate }
    let whole = (ramp.from + rate) / 2 * ramp.over
    guard arrivals < whole else { return ramp.over + (arrivals - whole) / rate }
    guard arrivals > 0 else { return 0 }
    let curvature = (rate - ramp.from) / (2 * ramp.over)
    let root = max(0, ramp.from * ramp.from + 4 * curvature * arrivals).squareRoot()
    return 2 * arrivals / (ramp.from + root)
  }

  /// Returns the places of the first tasks on a line where the mean distance between two is `gap`.
  ///
  /// With a gap of 1, they are the numbers of arrivals that are expected before each task: a rate that changes only
  /// stretches the time.
  private func steps(_ count: Int, of gap: Double) -> [Double] {
    guard process == .poisson else { return (0..<count).map { Double($0) * gap } }
    var random = SplitMix64(seed: seed)
    var place = 0.0
    return (0..<count).map { index in
      if index > 0 { place -= log(1 - random.fraction()) * gap }
      return place
    }
  }

  /// Returns the mean rate of the first tasks, in tasks a second.
  package func meanRate(of count: Int) -> Double {
    ramp == nil || count < 2 ? rate : Double(count) / time(of: Double(count - 1))
  }

  /// Times beyond the range of `Nanoseconds` are clamped to 9e18 ns, centuries from now.
  private static func whole(_ time: Double) -> Nanoseconds { Nanoseconds(rounding: min(time, 9e18)) }
}
