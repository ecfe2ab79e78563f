package import Board
package import EventLoop
internal import Model
internal import OS
internal import Time

/// Who does a task.
package struct Worker: Sendable {
  /// From 0.
  package let index: Int
  /// The event loop that it runs on, where it is a task of one.
  package let loop: EventLoop?
  private let lock: InterpreterLock?
  private var timeline: TimelineRecorder?

  /// - Parameter lock: what the worker's thread has while it works, where only one may compute at a time.
  package init(index: Int, loop: EventLoop? = nil, lock: InterpreterLock? = nil) {
    self.index = index
    self.loop = loop
    self.lock = lock
  }

  /// The same worker, whose waiting is marked where the board keeps a timeline. After t₀ is known.
  package func recording(on board: Board) -> Worker {
    var worker = self
    worker.timeline = TimelineRecorder(board, worker: index)
    return worker
  }

  /// Where its jobs are to run so that its turns on the loop are marked; `nil` where they aren't, or there is no loop.
  package var lane: LoopLane? {
    guard let loop, let timeline else { return nil }
    return LoopLane(of: loop) { timeline.mark(.ran, from: $0, to: $1) }
  }

  /// Where work that computes may be interrupted in favour of another thread. It costs nothing where it is called every
  /// 1,024 steps or so.
  @inline(__always)
  package func checkpoint() {
    if let lock, lock.isWanted { giveWay(lock) }
  }

  private func giveWay(_ lock: InterpreterLock) {
    timed { lock.giveWay() }
  }

  /// Waits, or does what an interpreter would do without its lock: other threads may compute meanwhile.
  package func blocking<Result, Failure: Error>(_ body: () throws(Failure) -> Result) throws(Failure) -> Result {
    guard lock != nil || timeline != nil else { return try body() }
    return try timed { () throws(Failure) in
      guard let lock else { return try body() }
      return try lock.released(body)
    }
  }

  private func timed<Result, Failure: Error>(_ body: () throws(Failure) -> Result) throws(Failure) -> Result {
    guard let timeline else { return try body() }
    let start = MonotonicClock.now()
    defer { timeline.mark(.waited, from: start, to: MonotonicClock.now()) }
    return try body()
  }
}
