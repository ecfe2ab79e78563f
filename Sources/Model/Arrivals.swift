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

  /// The mean number of tasks that become due in a second.
  package var rate: Double
  /// The distribution of the gaps.
  package var process: Process
  /// The seed of the gaps, used for `poisson` only.
  package var seed: UInt64

  /// Makes a schedule with this mean rate, in tasks a second.
  package init(rate: Double, process: Process, seed: UInt64) {
    self.rate = rate
    self.process = process
    self.seed = seed
  }

  /// Returns the due times of the first `count` tasks, measured from t₀. The first task is due at once.
  package func schedule(_ count: Int) -> [Nanoseconds] {
    let gap = Nanoseconds.perSecond / rate
    switch process {
    case .constant: return (0..<count).map { Self.whole(Double($0) * gap) }
    case .poisson:
      var random = SplitMix64(seed: seed)
      var time = 0.0
      return (0..<count).map { index in
        if index > 0 { time -= log(1 - random.fraction()) * gap }
        return Self.whole(time)
      }
    }
  }

  /// Times beyond the range of `Nanoseconds` are clamped to 9e18 ns, centuries from now.
  private static func whole(_ time: Double) -> Nanoseconds { Nanoseconds(rounding: min(time, 9e18)) }
}
