import Model
import OS
import Testing
import Time
import TimeLiterals

@testable import Board

struct TimelineRecorderTests {
  private func moment(_ count: Int) -> Instant { Instant(sinceStart: Nanoseconds(count)) }

  @Test func nothingIsMarkedWithoutRoom() throws {
    let file = try Descriptor.memory(named: "test")
    let board = try Board.create(in: file.file, taskCount: 1)
    #expect(TimelineRecorder(board, worker: 0) == nil)
    #expect(board.timelineMarks.isEmpty && !board.isTimelineCut)
  }

  @Test func marksOfAllWorkersAreSeenByWhoeverOpensTheBoard() throws {
    let file = try Descriptor.memory(named: "test")
    let board = try Board.create(in: file.file, taskCount: 3, markCapacity: 1024)
    board.origin = 1000
    let recorders = try (0..<3).map { try #require(TimelineRecorder(board, worker: $0)) }
    for step in 0..<150 {
      for (worker, recorder) in recorders.enumerated() {
        recorder.mark(worker == 1 ? .ran : .waited, from: moment(1000 + step * 10), to: moment(1005 + step * 10))
      }
    }
    let marks = try Board.open(file.file).timelineMarks
    #expect(marks.count == 450)
    for worker in 0..<3 {
      let own = marks.filter { $0.worker == UInt32(worker) }
      #expect(own.map(\.start) == (0..<150).map { Nanoseconds($0 * 10) })
      #expect(own.allSatisfy { $0.end == $0.start + 5 && $0.kind == (worker == 1 ? .ran : .waited) })
    }
    #expect(!board.isTimelineCut)
  }

  @Test func whereThereIsNoRoomTheRestIsLeftOutAndTold() throws {
    let file = try Descriptor.memory(named: "test")
    let board = try Board.create(in: file.file, taskCount: 1, markCapacity: 128)
    board.begin(0, worker: 7, at: 9)
    let recorder = try #require(TimelineRecorder(board, worker: 0))
    for step in 1...200 { recorder.mark(.ran, from: moment(step), to: moment(step + 1)) }
    #expect(board.timelineMarks.count == 128)
    #expect(board.isTimelineCut)
    #expect(board[0].worker == 7 && board[0].start == 9, "marks don't touch the records")
  }
}
