import Board
import Model
import PluginKit
import Testing
import Time

@testable import Workloads

struct SharedCounterTests {
  private func lostUpdates(guardedBy name: String, threads: Int, lock: InterpreterLock? = nil) throws -> Double {
    let workload = try SharedCounterWorkload(
      completed(
        SharedCounterWorkload.description,
        ["tasks": .integer(8), "increments": .integer(400_000), "guard": .string(name)]))
    let trial = try Trial(workload, threads: threads, lock: lock)
    #expect(trial.totals.ok == 8)
    return try #require(trial.metrics["lost_updates"])
  }

  @Test(arguments: ["mutex", "atomic"]) func whatIsGuardedLosesNothing(name: String) throws {
    for _ in 0..<10 {
      #expect(try lostUpdates(guardedBy: name, threads: 4) == 0)
    }
  }

  @Test func oneWorkerLosesNothing() throws {
    #expect(try lostUpdates(guardedBy: "none", threads: 1) == 0)
  }

  /// Whether two threads meet is up to the machine: some of many trials have to show it.
  @Test func whatIsNotGuardedLosesUpdates() throws {
    #expect(try (0..<50).contains { _ in try lostUpdates(guardedBy: "none", threads: 4) > 0 })
  }

  /// A thread loses its turn between reading and writing; what the others did meanwhile is lost.
  @Test func anInterpreterLockIsNoGuard() throws {
    #expect(
      try (0..<50).contains { _ in
        try lostUpdates(guardedBy: "none", threads: 4, lock: InterpreterLock(interval: .microseconds(10))) > 0
      })
  }
}
