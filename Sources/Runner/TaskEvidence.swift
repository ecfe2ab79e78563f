package import Board
internal import Conversation
package import Model
internal import Statistics
package import Time

/// The state of a trial's tasks when the trial has ended: a value, wherever the trial ran.
package struct TaskEvidence: Sendable {
  /// Counts and sums over all tasks.
  package var totals: BoardTotals
  /// From start to end, of the tasks that are ok; `nil` where there are none.
  package var service: TimeQuantiles?
  /// From due to end, of the tasks that are ok; `nil` without a schedule.
  package var response: TimeQuantiles?
  /// The message of the first task that failed.
  package var note: String?
  /// The tasks that were begun, in their order; empty where nobody asked for them.
  package var rows: [TaskRow] = []
  /// What the workers did, and when; `nil` where nobody asked, or where there are too many tasks.
  package var timeline: Timeline?

  /// Takes what a board says. Rows and the timeline are left out.
  package init(_ board: Board) {
    totals = BoardTotals(board.all)
    service = TimeQuantiles(ofSorted: board.serviceTimes())
    response = TimeQuantiles(ofSorted: board.responseTimes())
    note = board.note
  }
}

/// Quantiles of times, in seconds.
package struct TimeQuantiles: Hashable, Sendable {
  package let p50: Double
  package let p90: Double
  package let p99: Double
  package let max: Double

  /// - Returns: `nil` for no times.
  package init?(ofSorted times: [Nanoseconds]) {
    let values = times.lazy.map { Double($0.count) }
    guard let p50 = quantile(0.5, ofSorted: values), let p90 = quantile(0.9, ofSorted: values),
      let p99 = quantile(0.99, ofSorted: values), let max = values.last
    else { return nil }
    self.p50 = p50 / Nanoseconds.perSecond
    self.p90 = p90 / Nanoseconds.perSecond
    self.p99 = p99 / Nanoseconds.perSecond
    self.max = max / Nanoseconds.perSecond
  }
}

extension TaskRow {
  /// Returns a row for each task that was begun, in their order. Tasks without an end were cancelled with the trial.
  static func rows(of board: Board) -> [TaskRow] {
    board.all.enumerated().compactMap { task, record in
      if record.state == .waiting { return nil }
      let status = record.outcome ?? .failed
      let failure = record.outcome == nil ? TaskFailure.cancelled : record.failure
      return TaskRow(
        task: task, worker: Int(record.worker), due: board.hasSchedule ? record.due : nil, start: record.start,
        end: record.outcome.map { _ in record.end }, status: status,
        failure: status == .ok ? nil : failure?.rawValue, bytes: record.bytes,
        cpu: board.measuresCPU && record.outcome != nil ? record.cpu : nil)
    }
  }
}

extension Timeline {
  /// Makes a timeline of what a board kept; `nil` where there are no tasks, or too many.
  ///
  /// - Parameter wall: from t₀ to the end of the trial; `nil` where that is not known.
  init?(_ board: Board, rows: [TaskRow], wall: Nanoseconds?) {
    guard (1...Board.maximumTimelineTasks).contains(board.taskCount) else { return nil }
    let marks = board.timelineMarks.map { mark in
      Timeline.Mark(mark.kind, worker: Int(mark.worker), start: mark.start, end: mark.end)
    }
    self.init(rows, marks: board.hasTimeline ? marks : nil, wall: wall, isCut: board.isTimelineCut)
  }
}
