import Board
import Model
import OS
import PluginKit
import Strategies
import Testing

/// Work that fails: what becomes of it under strategies that run in this process.
struct FailureTests {
  struct NoLuck: Error, CustomStringConvertible {
    var description: String { "no luck" }
  }

  struct Flaky: Workload {
    static let description = PluginDescription(.workload, "flaky", summary: "")
    var failsToOpen = false
    let taskCount = 10

    init(_ values: ParameterValues) {}
    init(failsToOpen: Bool = false) { self.failsToOpen = failsToOpen }

    func openSession(for worker: Worker) throws {
      if failsToOpen { throw NoLuck() }
    }

    func perform(_ task: Int, in session: inout Void, by worker: Worker) throws -> TaskResult {
      if task % 5 == 3 { throw NoLuck() }
      return TaskResult(bytes: 1, value: 2)
    }
  }

  /// All that run their workers in this process: a workload of a test isn't known to another one.
  static let strategies = builtInStrategies.filter { $0 != ProcessesStrategy.self && $0 != ProgramStrategy.self }

  private func run(_ type: any Strategy.Type, _ workload: Flaky) throws -> Board {
    let strategy = try type.init(ParameterValues(["max_workers": .integer(3), "threads": .integer(2)]))
    let file = try Descriptor.memory(named: "test")
    let board = try Board.create(in: file.file, taskCount: workload.taskCount)
    board.origin = MonotonicClock.now()
    let context = TrialContext(
      executable: "", workload: WorkRequest("flaky"), environment: [])
    _ = try strategy.run(workload, on: board, in: context)
    return board
  }

  @Test(arguments: strategies.indices) func aThrownErrorIsAFailedTaskAndTheOthersGoOn(index: Int) throws {
    let board = try run(Self.strategies[index], Flaky())
    let totals = BoardTotals(board.all)
    #expect(totals.ok == 8)
    #expect(totals.failed == 2)
    #expect(totals.bytes == 8)
    #expect(board[3].outcome == .failed && board[8].outcome == .failed)
    #expect(board.note.map { $0 == "task 3: no luck" || $0 == "task 8: no luck" } == true)
  }

  @Test(arguments: strategies.indices) func aSessionThatCanNotBeOpenedEndsTheRun(index: Int) throws {
    #expect(throws: NoLuck.self) { try run(Self.strategies[index], Flaky(failsToOpen: true)) }
  }
}
