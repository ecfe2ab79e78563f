internal import Glibc
package import Time

/// When tasks become due, whether or not a worker is free: an open loop.
package struct Arrivals: Hashable, Sendable, Codable {
  package enum Process: String, Hashable, Sendable, Codable, CaseIterable {
    /// Equal gaps.
    case constant
    /// Independent, exponentially distributed gaps, as arrivals of many independent users have them.
    case poisson
  }

  /// Tasks per second.
  package var rate: Double
  package var process: Process
  package var seed: UInt64

  package init(rate: Double, process: Process, seed: UInt64) {
    self.rate = rate
    self.process = process
    self.seed = seed
  }

  /// Returns when each of so many tasks is due, as the time since t₀; the first one is due at once.
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

  /// Centuries from now is never.
  private static func whole(_ time: Double) -> Nanoseconds { Nanoseconds(rounding: min(time, 9e18)) }
}
