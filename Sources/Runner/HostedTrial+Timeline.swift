internal import Board
internal import Conversation
package import Model
internal import Time

extension HostedTrial {
  /// What its workers did, and when; `nil` where there are no tasks, or too many.
  package var timeline: Timeline? {
    guard let board, (1...Board.maximumTimelineTasks).contains(board.taskCount) else { return nil }
    let marks = board.timelineMarks.map { mark in
      Timeline.Mark(mark.kind, worker: Int(mark.worker), start: mark.start, end: mark.end)
    }
    var wall = lasted
    if case .done(let done) = end { wall = done.wall }
    return Timeline(tasks, marks: board.hasTimeline ? marks : nil, wall: wall, isCut: board.isTimelineCut)
  }
}
