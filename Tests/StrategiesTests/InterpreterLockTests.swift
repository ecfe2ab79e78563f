import Model
import OS
import PluginKit
import Synchronization
import Testing
import Time
import TimeLiterals

/// Threads that share a lock take turns: one computes, and who waits lets others compute.
struct InterpreterLockTests {
  private let lock = InterpreterLock(interval: .milliseconds(1))
  /// Where what is waited for never comes.
  private let deadline = MonotonicClock.now() + 120_000_000_000

  private func onThreads(_ count: Int, _ body: @escaping @Sendable (Worker) -> Void) throws {
    let threads = try (0..<count).map { index in
      try OSThread.spawn { [lock] in
        lock.holding { body(Worker(index: index, lock: lock)) }
      }
    }
    for thread in threads {
      thread.join()
    }
  }

  /// Each goes on until all others have had their turn, which they have only if it is given up to them.
  @Test func oneAtATimeAndEachInItsTurn() throws {
    let inside = Atomic<Int>(0)
    let tooMany = Atomic<Bool>(false)
    let seen = Atomic<Int>(0)
    try onThreads(4) { [deadline] worker in
      seen.bitwiseOr(1 << worker.index, ordering: .relaxed)
      while seen.load(ordering: .relaxed) != 0b1111, MonotonicClock.now() < deadline {
        if inside.add(1, ordering: .relaxed).newValue > 1 { tooMany.store(true, ordering: .relaxed) }
        inside.subtract(1, ordering: .relaxed)
        worker.checkpoint()
      }
    }
    let broke = tooMany.load(ordering: .relaxed)
    #expect(!broke)
    #expect(MonotonicClock.now() < deadline)
    #expect(lock.switches >= 3)
  }

  /// Each waits until all of them do: they never would if one that waits kept the lock.
  @Test func whoWaitsLetsOthersGoOn() throws {
    let waiting = Atomic<Int>(0)
    try onThreads(4) { [deadline] worker in
      worker.blocking {
        waiting.add(1, ordering: .relaxed)
        while waiting.load(ordering: .relaxed) < 4, MonotonicClock.now() < deadline {
          MonotonicClock.sleep(until: MonotonicClock.now() + 100_000)
        }
      }
    }
    #expect(MonotonicClock.now() < deadline)
  }

  @Test func aThreadAloneKeepsIt() throws {
    try onThreads(1) { worker in
      for _ in 0..<1000 {
        worker.blocking {}
        worker.checkpoint()
      }
    }
    #expect(lock.switches == 0)
  }

  @Test func itIsThereWhereItIsSwitchedOn() {
    #expect(InterpreterLock(.boolean(false)) == nil)
    #expect(InterpreterLock(nil) == nil)
    #expect(InterpreterLock(.map(["switch_interval": .number(0.005)])) != nil)
  }
}
