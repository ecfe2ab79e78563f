internal import OS
package import Time

/// Tells some of a loop's jobs from the others: what runs through it runs on the loop, and each turn is told of.
package final class LoopLane: TaskExecutor {
  private let loop: EventLoop
  private let tell: @Sendable (_ start: Instant, _ end: Instant) -> Void

  /// - Parameter tell: is given each turn's start and end, on the loop's thread.
  package init(of loop: EventLoop, tell: @escaping @Sendable (_ start: Instant, _ end: Instant) -> Void) {
    self.loop = loop
    self.tell = tell
  }

  /// Takes a job, which the loop runs in its turn. From any thread.
  package func enqueue(_ job: consuming ExecutorJob) {
    loop.enqueue(UnownedJob(job), through: self)
  }

  func run(_ job: UnownedJob) {
    let start = MonotonicClock.now()
    job.runSynchronously(on: asUnownedTaskExecutor())
    tell(start, MonotonicClock.now())
  }
}
