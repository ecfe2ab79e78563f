package import Model
internal import OS
internal import Synchronization
package import Time

/// A lock that only the thread that interprets a program may hold, as CPython's: threads that share one take turns.
///
/// A thread that has waited for the switch interval asks the holder to drop it; the holder does so at its next checkpoint,
/// and waits until another thread took it. Otherwise it would often have it back before the other is awake.
///
/// Sendable: all but the request is read and written with the monitor's lock.
package final class InterpreterLock: @unchecked Sendable {
  /// How a strategy offers one.
  package static let parameter = ParameterSchema(
    "interpreter_lock",
    .switchable([
      ParameterSchema(
        "switch_interval", .duration, default: .number(0.005), minimum: 1e-6, maximum: 3600,
        help: "How long a thread waits before it asks the one that has the lock to give it up.")
    ]), default: .boolean(false),
    help: "Whether only one thread at a time may compute, as in an interpreter; one that waits gives the lock up.")

  private let interval: Nanoseconds
  private let monitor = Monitor()
  private let isFree: Monitor.Condition
  private let wasTaken: Monitor.Condition
  private let dropRequest = Atomic<Bool>(false)
  private var isHeld = false
  private var lastHolder: UInt?
  private var switchCount = 0

  /// Makes a lock that nobody has.
  ///
  /// - Parameter interval: the switch interval.
  package init(interval: Nanoseconds) {
    self.interval = max(Nanoseconds(1), interval)
    isFree = Monitor.Condition(of: monitor)
    wasTaken = Monitor.Condition(of: monitor)
  }

  /// - Parameter value: of `parameter`. `nil` comes of one that is off.
  package convenience init?(_ value: Value?) {
    guard let interval = value?.map?["switch_interval"]?.number else { return nil }
    self.init(interval: .seconds(interval))
  }

  /// How often a thread took it that wasn't the last to have it.
  package var switches: Int { monitor.withLock { switchCount } }

  /// Runs `body` while the calling thread has the lock, but for what is `blocking` in it.
  package func holding<Result>(_ body: () throws -> Result) rethrows -> Result {
    monitor.withLock { take() }
    defer { monitor.withLock { drop() } }
    return try body()
  }

  /// Lets others have it while `body` runs. For the thread that has it.
  func released<Result, Failure: Error>(_ body: () throws(Failure) -> Result) throws(Failure) -> Result {
    monitor.withLock { drop() }
    defer { monitor.withLock { take() } }
    return try body()
  }

  /// Whether another thread has waited long enough.
  @inline(__always)
  var isWanted: Bool { dropRequest.load(ordering: .relaxed) }

  /// Gives the lock to another thread, and waits for it. For the thread that has it.
  func giveWay() {
    monitor.withLock {
      let own = lastHolder
      drop()
      while lastHolder == own, dropRequest.load(ordering: .relaxed) {
        wasTaken.wait()
      }
      take()
    }
  }

  private func take() {
    while isHeld {
      let seen = switchCount
      let isInTime = isFree.wait(until: MonotonicClock.now() + interval)
      // Who got it meanwhile has a whole interval.
      if !isInTime, isHeld, switchCount == seen { dropRequest.store(true, ordering: .relaxed) }
    }
    isHeld = true
    dropRequest.store(false, ordering: .relaxed)
    if lastHolder != OSThread.currentID {
      if lastHolder != nil { switchCount += 1 }
      lastHolder = OSThread.currentID
    }
    wasTaken.signal()
  }

  private func drop() {
    isHeld = false
    isFree.signal()
  }
}
