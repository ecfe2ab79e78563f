import EventLoop
import OS
import Synchronization
import Testing
import Time
import TimeLiterals

/// What happened, in order; written from tasks of one loop.
private final class Log: Sendable {
  private let entries = Mutex<[String]>([])
  func add(_ entry: String) { entries.withLock { $0.append(entry) } }
  var all: [String] { entries.withLock { $0 } }
}

/// Runs a body as a task of a new loop, on a thread of its own, and returns the loop when it has ended.
func onLoop(_ body: @escaping @Sendable (EventLoop) async -> Void) throws -> EventLoop {
  let loop = try EventLoop()
  let thread = try OSThread.spawn {
    Task(executorPreference: loop) {
      await body(loop)
      loop.stop()
    }
    loop.run()
  }
  thread.join()
  return loop
}

struct EventLoopTests {
  @Test func theTaskThatWasReadyFirstRunsFirst() throws {
    let log = Log()
    _ = try onLoop { loop in
      await withTaskGroup(of: Void.self) { group in
        for name in ["a", "b", "c"] {
          group.addTask {
            for turn in 1...3 {
              log.add("\(name)\(turn)")
              await Task.yield()
            }
          }
        }
      }
    }
    #expect(log.all == ["a1", "b1", "c1", "a2", "b2", "c2", "a3", "b3", "c3"])
  }

  /// All of them have begun long before the first deadline, however busy the machine is.
  @Test func waitsEndInTheOrderOfTheirDeadlines() throws {
    let log = Log()
    _ = try onLoop { loop in
      let start = MonotonicClock.now()
      await withTaskGroup(of: Void.self) { group in
        for (name, milliseconds) in [("late", 600), ("early", 200), ("middle", 400), ("past", -5)] {
          group.addTask {
            let deadline = start + .milliseconds(milliseconds)
            await loop.sleep(until: deadline)
            log.add(name)
            if MonotonicClock.now() < deadline { log.add("too early") }
          }
        }
      }
    }
    #expect(log.all == ["past", "early", "middle", "late"])
  }

  @Test func equalDeadlinesEndInTheOrderTheyBegan() throws {
    let log = Log()
    _ = try onLoop { loop in
      let deadline = MonotonicClock.now() + 5_000_000
      await withTaskGroup(of: Void.self) { group in
        for index in 0..<100 {
          group.addTask {
            await loop.sleep(until: deadline)
            log.add(String(index))
          }
        }
      }
    }
    #expect(log.all == (0..<100).map(String.init))
  }

  @Test func allTasksRunOnTheThreadOfTheLoop() throws {
    let log = Log()
    _ = try onLoop { loop in
      await withTaskGroup(of: Void.self) { group in
        for _ in 0..<50 {
          group.addTask {
            log.add(String(OSThread.currentID))
            await loop.sleep(until: MonotonicClock.now() + 100_000)
            log.add(String(OSThread.currentID))
          }
        }
      }
    }
    #expect(log.all.count == 100)
    #expect(Set(log.all).count == 1)
  }

  @Test func anotherThreadCanWakeIt() throws {
    let log = Log()
    _ = try onLoop { loop in
      var other: OSThread?
      await withUnsafeContinuation { (continuation: UnsafeContinuation<Void, Never>) in
        other = try? OSThread.spawn {
          MonotonicClock.sleep(until: MonotonicClock.now() + 5_000_000)
          log.add("other")
          continuation.resume()
        }
      }
      log.add("loop")
      other?.join()
    }
    #expect(log.all == ["other", "loop"])
  }

  /// The tutorial's warning: a task that keeps control starves the others; the loop says for how long.
  @Test func aTaskThatBlocksIsSeenAsAStall() throws {
    let block = Nanoseconds.milliseconds(30)
    let blocked = try onLoop { loop in
      await withTaskGroup(of: Void.self) { group in
        group.addTask { await loop.sleep(until: MonotonicClock.now() + 1_000_000) }
        group.addTask { MonotonicClock.sleep(until: MonotonicClock.now() + block) }
      }
    }
    #expect(blocked.longestStall >= block - 1_000_000)
    let wait = Nanoseconds.seconds(1)
    let idle = try onLoop { loop in await loop.sleep(until: MonotonicClock.now() + wait) }
    #expect(idle.longestStall < wait, "waiting is no stall")
  }

  @Test func tenThousandTasksWaitAtOnce() throws {
    let log = Log()
    _ = try onLoop { loop in
      let deadline = MonotonicClock.now() + 200_000_000
      await withTaskGroup(of: Void.self) { group in
        for _ in 0..<10_000 {
          group.addTask {
            await loop.sleep(until: deadline)
            log.add("")
          }
        }
      }
    }
    #expect(log.all.count == 10_000)
  }
}
