internal import NIOCore
internal import Synchronization

/// The time by which something has to begin earlier so that it is done on time.
///
/// An event loop takes 80 to 140 µs to wake up on a virtual machine. The way of an answer to the kernel is long for code
/// that has slept.
///
/// A loop that is busy anyway wakes at once, and shall not wake early: a smaller lag counts at least as much as a larger one.
struct LeadTime: ~Copyable, Sendable {
  /// Nanoseconds.
  static let most: Int64 = 200_000

  /// The choice among the lags seen lately that the lead time is near.
  enum Aim {
    /// For what can be waited for if it comes too early.
    case average
    /// For what is done then, and can't be taken back.
    case smallest
  }

  private let aim: Aim
  private let estimate = Atomic<Int64>(0)

  init(_ aim: Aim) {
    self.aim = aim
  }

  var current: TimeAmount { .nanoseconds(estimate.load(ordering: .relaxed)) }

  /// Learns from one more wake-up. Of two at the same time one may be lost.
  func note(_ lag: TimeAmount) {
    let next = Self.next(after: estimate.load(ordering: .relaxed), seeing: lag.nanoseconds, aim)
    estimate.store(next, ordering: .relaxed)
  }

  /// To the smallest: halfway down to a smaller lag, a sixteenth of the way up to a larger one.
  static func next(after estimate: Int64, seeing lag: Int64, _ aim: Aim) -> Int64 {
    let target = min(max(lag, 0), most)
    let share: Int64 =
      switch aim {
      case .average: 8
      case .smallest: target < estimate ? 2 : 16
      }
    return estimate + (target - estimate) / share
  }
}
