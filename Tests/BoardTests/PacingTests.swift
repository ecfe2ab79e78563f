import Model
import OS
import Testing
import Time
import TimeLiterals

@testable import Board

struct PacingTests {
  private func withBoard(tasks: Int, _ body: (Board, Board) throws -> Void) throws {
    let file = try Descriptor.memory(named: "test")
    let board = try Board.create(in: file.file, taskCount: tasks)
    board.origin = MonotonicClock.now()
    try body(board, Board.open(file.file))
  }

  @Test func withoutPacingATaskMayBeginAtOnce() throws {
    try withBoard(tasks: 2) { board, _ in
      #expect(!board.isPaced)
      #expect(board.admission(of: 1) <= MonotonicClock.now())
      #expect(board.responseTimes() == [])
    }
  }

  @Test func aScheduleIsSeenByEveryProcess() throws {
    try withBoard(tasks: 3) { board, other in
      board.schedule([0, 500, 1000])
      #expect(other.isPaced && other.hasSchedule)
      #expect((0..<3).map { other.admission(of: $0) - board.origin } == [0, 500, 1000])
      let times: [(Nanoseconds, Nanoseconds)] = [(0, 10), (700, 800), (1000, 5000)]
      for (task, (start, end)) in times.enumerated() {
        other.begin(task, worker: 0, at: start)
        other.succeed(task, at: end, bytes: 0, value: 0)
      }
      #expect(board.responseTimes() == [10, 300, 4000], "from the moment when they were due")
      #expect(board.serviceTimes() == [10, 100, 4000])
    }
  }

  /// However many ask at once, and wherever: no two moments are closer than the interval.
  @Test func aRateIsKeptByAllWorkersTogether() throws {
    try withBoard(tasks: 100) { board, other in
      board.rateInterval = 1_000_000
      let start = MonotonicClock.now()
      let moments = (0..<100).map { ($0 % 2 == 0 ? board : other).admission(of: $0) }
      #expect(moments[0] >= start)
      #expect(zip(moments, moments.dropFirst()).allSatisfy { $1 - $0 >= 1_000_000 })
      #expect(moments[99] - start >= 99_000_000)
    }
  }

  /// Time in which nobody asked is no credit for later.
  @Test func aRateAllowsNoBurstAfterAPause() throws {
    try withBoard(tasks: 3) { board, _ in
      board.rateInterval = 1_000_000
      _ = board.admission(of: 0)
      MonotonicClock.sleep(until: MonotonicClock.now() + 5_000_000)
      let second = board.admission(of: 1)
      #expect(board.admission(of: 2) - second >= 1_000_000)
    }
  }

  @Test(arguments: TaskFailure.allCases) func aFailureKeepsItsClass(failure: TaskFailure) throws {
    try withBoard(tasks: 1) { board, other in
      board.begin(0, worker: 3, at: 1)
      #expect(board[0].failure == nil)
      board.fail(0, at: 2, as: failure, bytes: 7, message: "why")
      #expect(other[0].failure == failure)
      #expect(other[0].outcome == (failure.rawValue.hasPrefix("timeout") ? .timeout : .failed))
      #expect(other[0].bytes == 7)
      #expect(BoardTotals(other.all).failed == 1)
    }
  }
}
