internal import CLinux
import Glibc
package import Time

/// A watch over the processes of a trial, which notices that one of them, this process, or the whole machine stood still.
///
/// Three signs tell of it:
///
/// - The kernel remembers of each child that it was stopped and went on, so a stop of a child is never missed.
/// - Every 100 ms, the states of all processes below are read. Nobody remembers the stops of grandchildren.
/// - This process woke up much later than it wanted, and not since the CPUs were busy. Or the clock that counts the time
///   of a suspended machine is ahead of the other one.
package struct PauseWatch {
  /// The time between two looks.
  private static let interval = Nanoseconds.milliseconds(100)
  /// Looks at many processes take time. They get at most a hundredth of a CPU, but one comes at least this often.
  private static let longestInterval = Nanoseconds.seconds(2)
  /// The shortest lateness of this process that is a pause.
  static let shortestLateness = Nanoseconds.milliseconds(500)

  /// What clocks and accounts say at one moment.
  struct Reading {
    /// The time that the machine was suspended since its start.
    var suspended: Nanoseconds
    /// The time in which this thread was ready to run and got no CPU; `nil` where the kernel doesn't count it.
    var waited: Nanoseconds?

    /// Reads the clocks of this machine, and the account of this thread.
    static func now() -> Reading {
      let account = TextFile.text("/proc/thread-self/schedstat").flatMap { CPUAccount(schedstat: $0) }
      return Reading(suspended: MonotonicClock.suspended(), waited: account?.waiting)
    }
  }

  private var children: Set<Int32> = []
  private let read: () -> Reading
  private var last: Reading
  private var planned = Instant.distantFuture
  private var nextScan: Instant
  private var stoppedSince: Instant?
  private var wasStopped = false
  private var stopped = Nanoseconds.zero
  private var late = Nanoseconds.zero
  private var suspended = Nanoseconds.zero

  /// Begins to watch.
  ///
  /// - Parameter children: the ids of children of this process. All processes below them are watched, too.
  package init(_ children: Set<Int32>) {
    self.init(children, read: Reading.now)
  }

  init(_ children: Set<Int32>, read: @escaping () -> Reading) {
    self.read = read
    last = read()
    nextScan = MonotonicClock.now() + Self.interval
    watch(children)
  }

  /// Watches more children of this process from now on.
  package mutating func watch(_ more: Set<Int32>) {
    // The kernel forgets stops of the time before.
    for child in more.subtracting(children) { _ = clinux_was_stopped(child) }
    children.formUnion(more)
  }

  /// Returns the moment at which the next wait ends at the latest. It has to end with a call of `look`.
  package mutating func wake(before deadline: Instant) -> Instant {
    planned = min(deadline, MonotonicClock.now() + Self.interval)
    return planned
  }

  /// Looks at the processes, if it is time for that.
  package mutating func look() {
    let now = MonotonicClock.now()
    guard now >= planned || now >= nextScan else { return }
    take(read(), lateness: now - planned)
    if now >= nextScan { scan() }
  }

  /// Looks at all processes a last time, while the children have not ended.
  package mutating func finish() {
    scan()
    if let stoppedSince { stopped += MonotonicClock.now() - stoppedSince }
    stoppedSince = nil
  }

  /// The time for which something stood still; `nil` if nothing did. It is zero if the time is too short to be known.
  package var pause: Nanoseconds? {
    let whole = max(stopped, late) + suspended
    return wasStopped || whole > .zero ? whole : nil
  }

  /// Takes new readings into account.
  ///
  /// - Parameter lateness: the time from the planned end of the wait to now.
  mutating func take(_ reading: Reading, lateness: Nanoseconds) {
    if let waited = reading.waited, let before = last.waited {
      let unexplained = lateness - max(.zero, waited - before)
      if unexplained > Self.shortestLateness { late += unexplained }
    }
    // The two clocks are read one after the other.
    if reading.suspended - last.suspended > .milliseconds(10) { suspended += reading.suspended - last.suspended }
    last = reading
  }

  private mutating func scan() {
    let start = MonotonicClock.now()
    for child in children where clinux_was_stopped(child) != 0 { wasStopped = true }
    let isStopped = children.contains { Descendants.tree(below: $0).contains(where: ProcessRecord.isStopped) }
    let end = MonotonicClock.now()
    if isStopped {
      wasStopped = true
      stoppedSince = stoppedSince ?? start
    } else if let since = stoppedSince {
      stopped += end - since
      stoppedSince = nil
    }
    nextScan = end + min(Self.longestInterval, max(Self.interval, (end - start) * 100))
  }
}
