internal import DequeModule
internal import HeapModule
package import OS
internal import Synchronization
package import Time

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
    var lane: LoopLane?
    /// When it could have run.
    var since: Instant
  }

  private struct Wait: Comparable {
    enum Waiter {
      case task(UnsafeContinuation<Void, Never>)
      case timer(LoopTimer)
    }

    var deadline: Instant
    /// Waits that end at the same time end in the order in which they began.
    var order: Int
    var waiter: Waiter

    static func < (a: Wait, b: Wait) -> Bool { (a.deadline, a.order) < (b.deadline, b.order) }
    static func == (a: Wait, b: Wait) -> Bool { a.order == b.order }
  }

  private var ready = Deque<ReadyJob>()
  private var waiting = Heap<Wait>()
  private var waitCount = 0
  private var isRunning = false
  /// While a wait is ended: since when its job could have run.
  private var wakingSince: Instant?
  private let inbox = Mutex<[ReadyJob]>([])
  private let inboxHasJobs = Atomic<Bool>(false)
  private let poller: Poller
  /// Who is told of a descriptor, by its number.
  private var watchers: [(any DescriptorWatcher)?] = []
  private var watchCount = 0
  private var attachments: [ObjectIdentifier: AnyObject] = [:]
  private let thread = Atomic<UInt>(0)

  /// When descriptors were last asked about.
  private var lastPoll = MonotonicClock.now()
  /// Asking takes about so long where nothing has to be waited for.
  private static let noWait = Nanoseconds.microseconds(20)

  /// The longest that a job that could have run had to wait for its turn. Since when it could is known of
  /// waits that end; for a descriptor, it is at most since the loop asked about it before.
  package private(set) var longestStall = Nanoseconds.zero

  /// Makes a loop; nothing runs before `run()`.
  package init() throws(SystemError) {
    poller = try Poller()
  }

  // MARK: - Jobs

  /// Takes a job of a Swift task that prefers this loop. From any thread.
  package func enqueue(_ job: consuming ExecutorJob) {
    enqueue(UnownedJob(job), through: nil)
  }

  func enqueue(_ job: UnownedJob, through lane: LoopLane?) {
    if isOnLoop {
      ready.append(ReadyJob(job: job, lane: lane, since: wakingSince ?? MonotonicClock.now()))
    } else {
      inbox.withLock { $0.append(ReadyJob(job: job, lane: lane, since: MonotonicClock.now())) }
      inboxHasJobs.store(true, ordering: .releasing)
      poller.signal()
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
      runReady()
      poll()
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
      if let lane = next.lane {
        lane.run(next.job)
      } else {
        next.job.runSynchronously(on: asUnownedTaskExecutor())
      }
    }
  }

  /// Looks at the descriptors; where nothing is ready to run, waits until there is.
  private func poll() {
    guard isRunning, !(watchCount == 0 && !ready.isEmpty) else { return }
    var limit: Nanoseconds? = ready.isEmpty ? nil : .zero
    if limit == nil, let next = waiting.min { limit = max(.zero, next.deadline - MonotonicClock.now()) }
    if limit == .zero, watchCount == 0 { return }
    let asked = MonotonicClock.now()
    let before = lastPoll
    poller.wait(atMost: limit) { descriptor, readiness in
      if wakingSince == nil {
        lastPoll = MonotonicClock.now()
        // What was ready at once may have been so since it was last asked about.
        wakingSince = lastPoll - asked < Self.noWait ? before : lastPoll
      }
      // One that an earlier one of this turn made go away isn't told of.
      watchers[Int(descriptor)]?.descriptor(descriptor, isReadyFor: readiness)
    }
    if wakingSince == nil { lastPoll = MonotonicClock.now() }
    wakingSince = nil
  }

  // MARK: - Descriptors

  /// Tells `watcher` whenever the descriptor is ready, until `forget`. Watched already: from now on for this. On the loop
  /// only.
  package func watch(
    _ descriptor: Int32, for interest: Poller.Readiness, _ watcher: any DescriptorWatcher
  ) throws(SystemError) {
    precondition(isOnLoop)
    let place = Int(descriptor)
    if place >= watchers.count { watchers += Array(repeating: nil, count: place - watchers.count + 1) }
    if watchers[place] == nil {
      try poller.add(descriptor, for: interest)
      watchCount += 1
    } else {
      try poller.change(descriptor, to: interest)
    }
    watchers[place] = watcher
  }

  /// To be called before the descriptor is closed.
  package func forget(_ descriptor: Int32) {
    let place = Int(descriptor)
    guard watchers.indices.contains(place), watchers[place] != nil else { return }
    poller.remove(descriptor)
    watchers[place] = nil
    watchCount -= 1
  }

  // MARK: - What tasks share

  /// The one object of its type that belongs to this loop; made when it is first asked for. On the loop only.
  package func attachment<T: AnyObject>(_ make: () throws -> T) rethrows -> T {
    precondition(isOnLoop)
    if let known = attachments[ObjectIdentifier(T.self)] as? T { return known }
    let new = try make()
    attachments[ObjectIdentifier(T.self)] = new
    return new
  }

  /// Lets go of everything that was attached. After `run()`.
  package func detachAll() {
    attachments = [:]
  }

  // MARK: - Waiting

  /// Suspends the task until that moment of the monotonic clock; the loop runs others meanwhile. On the loop only.
  package func sleep(until deadline: Instant) async {
    await withUnsafeContinuation { continuation in
      precondition(isOnLoop)
      wait(until: deadline, .task(continuation))
    }
  }

  private func wait(until deadline: Instant, _ waiter: Wait.Waiter) {
    waiting.insert(Wait(deadline: deadline, order: waitCount, waiter: waiter))
    waitCount += 1
  }

  /// Runs the timer's body at that moment, instead of the one that was set before; `nil`: not at all. On the loop only.
  package func set(_ timer: LoopTimer, to deadline: Instant?) {
    precondition(isOnLoop)
    timer.deadline = deadline
    if let deadline, timer.needsWait(until: deadline) { wait(until: deadline, .timer(timer)) }
  }

  private func waitEnded(_ deadline: Instant, of timer: LoopTimer, now: Instant) {
    timer.waitEnded(deadline)
    guard let due = timer.deadline else { return }
    guard due <= now else { return set(timer, to: due) }
    timer.deadline = nil
    timer.body()
  }

  /// Waits that haven't ended.
  var waitingCount: Int { waiting.count }

  private func endWaits() {
    guard let first = waiting.min else { return }
    let now = MonotonicClock.now()
    guard first.deadline <= now else { return }
    while let next = waiting.min, next.deadline <= now {
      waiting.removeMin()
      wakingSince = next.deadline
      switch next.waiter {
      case .task(let continuation): continuation.resume()
      case .timer(let timer): waitEnded(next.deadline, of: timer, now: now)
      }
    }
    wakingSince = nil
  }
}
