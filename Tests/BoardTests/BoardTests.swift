import Model
import OS
import Testing
import Time
import TimeLiterals

@testable import Board

struct BoardTests {
  private func withBoard(tasks: Int, chunk: Int = 1, _ body: (Board, Board) throws -> Void) throws {
    let file = try Descriptor.memory(named: "test")
    let board = try Board.create(in: file.file, taskCount: tasks, chunkSize: chunk)
    try body(board, Board.open(file.file))
  }

  @Test func recordsAreOneCacheLine() {
    #expect(MemoryLayout<TaskRecord>.stride == 64)
  }

  @Test(arguments: [(10, 1), (10, 3), (1, 5), (0, 1)])
  func claimsCoverEveryTaskOnce(tasks: Int, chunk: Int) throws {
    try withBoard(tasks: tasks, chunk: chunk) { one, other in
      var claimed: [Int] = []
      var takesFirst = true
      while let range = (takesFirst ? one : other).claim() {
        claimed += range
        #expect(range.count <= chunk)
        takesFirst.toggle()
      }
      #expect(claimed == Array(0..<tasks))
      #expect(one.claim() == nil)
    }
  }

  @Test func threadsClaimEachTaskOnce() throws {
    try withBoard(tasks: 100_000) { board, _ in
      let threads = try (0..<4).map { index in
        try OSThread.spawn {
          while let tasks = board.claim() {
            for task in tasks {
              board.begin(task, worker: index, at: Nanoseconds(task))
              board.succeed(task, at: Nanoseconds(task + 1), bytes: 2, value: 1)
            }
          }
        }
      }
      for thread in threads { thread.join() }
      let totals = BoardTotals(board.all)
      #expect(totals.ok == 100_000)
      #expect(totals.bytes == 200_000)
      #expect(totals.checksum == 100_000 * 100_001 / 2)
      #expect(totals.time == 100_000)
      #expect(totals.firstStart == 0)
      #expect(totals.lastEnd == 100_000)
    }
  }

  @Test func anotherMappingSeesEverything() throws {
    try withBoard(tasks: 5) { one, other in
      one.origin = 17
      one.begin(4, worker: 0, at: 1)
      one.succeed(4, at: 4, bytes: 5, value: 0)
      one.begin(1, worker: 9, at: 5)
      one.begin(2, worker: 3, at: 6)
      one.fail(2, at: 8, message: "first")
      one.begin(3, worker: 3, at: 9)
      one.fail(3, at: 9, message: "second")
      other.reportPeakRSS(10)
      one.reportPeakRSS(7)
      #expect(other.origin == 17)
      #expect(other[1].state == .running)
      #expect(other[1].worker == 9)
      #expect(other[2].outcome == .failed)
      #expect(other.note == "first")
      #expect(one.peakRSS == 10)
      let totals = BoardTotals(other.all)
      #expect(totals.failed == 2)
      #expect(totals.neverBegun == 1)
      #expect(totals.unfinished == [BoardTotals.Unfinished(task: 1, worker: 9)])
      #expect(totals.bytes == 5)
      #expect(other.serviceTimes() == [3], "failures are counted apart")
    }
  }

  @Test func aLongNoteIsCut() throws {
    try withBoard(tasks: 1) { board, _ in
      board.leaveNote(String(repeating: "x", count: 100_000))
      #expect(board.note?.count == 1024)
    }
  }

  @Test func moreTasksThanMemoryShouldHold() throws {
    let file = try Descriptor.memory(named: "test")
    #expect(throws: BoardError.taskCount(Board.maximumTaskCount + 1)) {
      try Board.create(in: file.file, taskCount: Board.maximumTaskCount + 1)
    }
  }

  @Test(arguments: [0, 100, 4096, 8192])
  func whatIsNoBoard(size: Int) throws {
    let file = try Descriptor.memory(named: "test")
    try file.file.setSize(size)
    #expect(throws: BoardError.notABoard) { try Board.open(file.file) }
  }

  @Test func checksumTextHasSixteenDigits() {
    #expect(checksumText(0x1a4) == "00000000000001a4")
    #expect(checksumText(.max) == "ffffffffffffffff")
  }
}
