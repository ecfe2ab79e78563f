internal import NIOCore
internal import Synchronization

/// How late this machine wakes an event loop that sleeps until a moment, so that it can be told to wake so much earlier:
/// 80 to 140 µs on a virtual one.
///
/// It stays near the smallest lags seen lately. Who wakes too early has to stay awake until the moment, and the CPU that
/// takes is one that the client may need; a loop that is busy anyway wakes at once, and shall not wake early.
struct WakeLag: ~Copyable, Sendable {
  /// Nanoseconds.
  static let most: Int64 = 200_000

  private let estimate = Atomic<Int64>(0)

  var current: TimeAmount { .nanoseconds(estimate.load(ordering: .relaxed)) }

  /// Learns from one more wake-up. Of two at the same time one may be lost.
  func note(_ lag: TimeAmount) {
    let next = Self.next(after: estimate.load(ordering: .relaxed), seeing: lag.nanoseconds)
    estimate.store(next, ordering: .relaxed)
  }

  /// Halfway down to a smaller lag, a sixteenth of the way up to a larger one.
  static func next(after estimate: Int64, seeing lag: Int64) -> Int64 {
    let target = min(max(lag, 0), most)
    return estimate + (target - estimate) / (target < estimate ? 2 : 16)
  }
}
