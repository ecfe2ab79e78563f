import Board
import Model
import PluginKit
import Testing
import Time
import TimeLiterals

@testable import Workloads

struct MixedTests {
  private func workload(_ values: [String: Value]) throws -> MixedWorkload {
    try MixedWorkload(completed(MixedWorkload.description, values))
  }

  @Test(arguments: [(10, 3, [0, 4, 7]), (10, 1, [0]), (4, 4, [0, 1, 2, 3]), (3, 0, [])])
  func someTasksCompute(tasks: Int, computing: Int, which: [Int]) throws {
    let workload = try workload([
      "tasks": .integer(tasks), "computing": .integer(computing), "duration": .number(0), "number": .integer(10),
    ])
    let trial = try Trial(workload, threads: 1)
    #expect(trial.board.all.indices.filter { trial.board[$0].value != 0 } == which)
    #expect(trial.totals.checksum == workload.expectedChecksum)
    #expect(trial.metrics.isEmpty == (computing == tasks), "without a waiting task there is nothing to say of them")
  }

  @Test func moreThanThereAreCanNotCompute() {
    #expect(throws: ParameterError(name: "computing", problem: "there are only 2 tasks")) {
      try workload(["tasks": .integer(2), "computing": .integer(3)])
    }
  }

  /// The first task computes for long; the others are through before it only if it lets them.
  @Test(arguments: [true, false]) func aTaskThatGivesControlBackStarvesNobody(isCooperative: Bool) throws {
    let workload = try workload([
      "tasks": .integer(10), "computing": .integer(1), "duration": .number(0), "number": .integer(5_000_000),
      "cooperative": .boolean(isCooperative),
    ])
    let trial = try Trial(workload, threads: 0)
    let end = trial.board[0].end
    #expect((1..<10).allSatisfy { (trial.board[$0].end < end) == isCooperative })
    #expect(trial.totals.checksum == workload.expectedChecksum)
  }

  @Test func latenciesOfTheWaitingTasks() throws {
    let workload = try workload(["tasks": .integer(4), "computing": .integer(1)])
    var records = [TaskRecord](repeating: TaskRecord(), count: 4)
    for (index, milliseconds) in [900, 5, 7, 30].enumerated() {
      records[index].begin(worker: 0, at: 1_000_000)
      records[index].succeed(at: .milliseconds(milliseconds + 1), bytes: 0, value: 0)
    }
    let metrics = records.withUnsafeBufferPointer { workload.metrics(of: $0) }
    #expect(metrics == ["waiting_task_p50_s": 0.007, "waiting_task_max_s": 0.03])
  }
}
