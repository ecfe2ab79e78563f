package import Time

/// A time limit for a process that owes something, during which its time in the queues for a CPU doesn't count.
///
/// Bare wall time would call a process silent on a machine that is so busy that the process hardly runs. Here time
/// counts while the process sleeps or runs, and stands still while it, or a process below it, is ready to run and gets
/// no CPU. So a process that loops forever loses all patience, too, and where there are CPUs to spare, this is wall time.
package struct Patience: Sendable {
  /// The time between two looks at the process.
  static let interval = Nanoseconds.milliseconds(100)

  /// The moment at which `lasts` is to be asked.
  package private(set) var nextLook: Instant

  private let root: Int32
  private var left: Nanoseconds
  private var lastLook: Instant
  /// `nil` before the first look: most processes answer before that, and reading their accounts takes time.
  private var accounts: [Int32: CPUAccount]?

  /// Starts counting.
  ///
  /// - Parameters:
  ///   - limit: after which there is none left.
  ///   - pid: the process. Those that it started count, too.
  package init(_ limit: Nanoseconds, with pid: Int32) {
    root = pid
    left = limit
    lastLook = MonotonicClock.now()
    nextLook = lastLook + max(.zero, min(left, Self.interval))
  }

  /// Looks at the process, and says whether there is time left.
  package mutating func lasts() -> Bool {
    let now = MonotonicClock.now()
    let current = CPUAccount.ofThreads(below: root)
    var change = CPUAccount()
    if let accounts {
      for (thread, account) in current { change.add(account, since: accounts[thread]) }
    }
    left -= Self.counted(elapsed: now - lastLook, change)
    (accounts, lastLook) = (current, now)
    nextLook = now + max(.zero, min(left, Self.interval))
    return left > .zero
  }

  /// The part of some time that counts: all but the share in which the threads waited for a CPU.
  ///
  /// One thread's waiting is taken as it is. If several were ready at once, their waiting and running add up to more than
  /// the time that passed, and are scaled down to it. So time counts whenever one of them runs.
  ///
  /// - Parameters:
  ///   - elapsed: the time that passed.
  ///   - change: what the threads did meanwhile, together.
  static func counted(elapsed: Nanoseconds, _ change: CPUAccount) -> Nanoseconds {
    let demand = max(elapsed, change.running + change.waiting)
    guard demand > .zero else { return elapsed }
    return elapsed
      - Nanoseconds(truncating: Double(elapsed.count) * Double(change.waiting.count) / Double(demand.count))
  }
}
