internal import NIOCore
internal import Synchronization

/// How much earlier something has to begin so that it is done on time: an event loop's waking up, which on a virtual machine
/// takes 80 to 140 µs, or the way of an answer to the kernel, which is long for code that has slept.
///
/// It stays near the smallest lags seen lately. Who wakes too early has to stay awake until the moment, and the CPU that
/// takes is one that the client may need; a loop that is busy anyway wakes at once, and shall not wake early.
struct LeadTime: ~Copyable, Sendable {
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
