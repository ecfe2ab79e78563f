internal import OS

/// Tells some of a loop's jobs from the others: what runs through it runs on the loop, and each turn is told of.
package final class LoopLane: TaskExecutor {
  private let loop: EventLoop
  private let tell: @Sendable (_ start: Int, _ end: Int) -> Void

  /// - Parameter tell: is given each turn's start and end, of the monotonic clock, in nanoseconds; on the loop's thread.
  package init(of loop: EventLoop, tell: @escaping @Sendable (_ start: Int, _ end: Int) -> Void) {
    self.loop = loop
    self.tell = tell
  }

  package func enqueue(_ job: consuming ExecutorJob) {
    loop.enqueue(UnownedJob(job), through: self)
  }

  func run(_ job: UnownedJob) {
    let start = MonotonicClock.now()
    job.runSynchronously(on: asUnownedTaskExecutor())
    tell(start, MonotonicClock.now())
  }
}
