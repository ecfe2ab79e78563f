internal import DequeModule
internal import HeapModule
package import OS
internal import Synchronization

/// One thread that runs many Swift tasks in turn: the tutorial's event loop.
///
/// It keeps a *ready* list, from which it always runs the job that has been ready longest, and a *waiting* list, ordered by
/// when each wait ends. A job that doesn't give control back starves all others: nothing here takes it away.
///
/// Sendable: the ready and waiting lists belong to the thread in `run()`, and are touched only there; other threads leave
/// jobs in the inbox, which has a lock.
package final class EventLoop: TaskExecutor, @unchecked Sendable {
  private struct ReadyJob {
    var job: UnownedJob
    /// When it could have run.
    var since: Int
  }

  private struct Wait: Comparable {
    var deadline: Int
    /// Waits that end at the same time end in the order in which they began.
    var order: Int
    var continuation: UnsafeContinuation<Void, Never>

    static func < (a: Wait, b: Wait) -> Bool { (a.deadline, a.order) < (b.deadline, b.order) }
    static func == (a: Wait, b: Wait) -> Bool { a.order == b.order }
  }

  private var ready = Deque<ReadyJob>()
  private var waiting = Heap<Wait>()
  private var waitCount = 0
  private var isRunning = false
  /// While a wait is ended: since when its job could have run.
  private var wakingSince: Int?
  private let inbox = Mutex<[ReadyJob]>([])
  private let inboxHasJobs = Atomic<Bool>(false)
  private let wakeup: Wakeup
  private let thread = Atomic<UInt>(0)

  /// The longest that a job that could have run had to wait for its turn, in nanoseconds.
  package private(set) var longestStall = 0

  package init() throws(SystemError) {
    wakeup = try Wakeup()
  }

  // MARK: - Jobs

  package func enqueue(_ job: consuming ExecutorJob) {
    let job = UnownedJob(job)
    if isOnLoop {
      ready.append(ReadyJob(job: job, since: wakingSince ?? MonotonicClock.now()))
    } else {
      inbox.withLock { $0.append(ReadyJob(job: job, since: MonotonicClock.now())) }
      inboxHasJobs.store(true, ordering: .releasing)
      wakeup.signal()
    }
  }

  private var isOnLoop: Bool { thread.load(ordering: .relaxed) == OSThread.currentID }

  /// Runs jobs on the calling thread until `stop()`.
  package func run() {
    thread.store(OSThread.currentID, ordering: .relaxed)
    defer { thread.store(0, ordering: .relaxed) }
    isRunning = true
    while isRunning {
      takeInbox()
      endWaits()
      if ready.isEmpty {
        rest()
      } else {
        runReady()
      }
    }
  }

  /// Ends `run()` after the job that calls this. On the loop only.
  package func stop() {
    precondition(isOnLoop)
    isRunning = false
  }

  private func takeInbox() {
    guard inboxHasJobs.exchange(false, ordering: .acquiring) else { return }
    let jobs = inbox.withLock { jobs in
      defer { jobs.removeAll(keepingCapacity: true) }
      return jobs
    }
    ready.append(contentsOf: jobs)
  }

  /// All that are ready now; what becomes ready meanwhile comes after the waits that have ended by then.
  private func runReady() {
    for _ in 0..<ready.count {
      guard isRunning, let next = ready.popFirst() else { return }
      longestStall = max(longestStall, MonotonicClock.now() - next.since)
      next.job.runSynchronously(on: asUnownedTaskExecutor())
    }
  }

  private func rest() {
    guard let next = waiting.min else { return wakeup.wait(nanoseconds: nil) }
    let left = next.deadline - MonotonicClock.now()
    if left > 0 { wakeup.wait(nanoseconds: left) }
  }

  // MARK: - Waiting

  /// Suspends the task until that moment of the monotonic clock; the loop runs others meanwhile. On the loop only.
  package func sleep(until deadline: Int) async {
    await withUnsafeContinuation { continuation in
      precondition(isOnLoop)
      waiting.insert(Wait(deadline: deadline, order: waitCount, continuation: continuation))
      waitCount += 1
    }
  }

  private func endWaits() {
    guard let first = waiting.min else { return }
    let now = MonotonicClock.now()
    guard first.deadline <= now else { return }
    while let next = waiting.min, next.deadline <= now {
      waiting.removeMin()
      wakingSince = next.deadline
      next.continuation.resume()
    }
    wakingSince = nil
  }
}
