package import Board
internal import Conversation
package import Model
internal import Statistics
package import Time

/// The state of a trial's tasks at its end. It is a value, wherever the trial ran.
package struct TaskEvidence: Sendable {
  /// Counts and sums over all tasks.
  package var totals: BoardTotals
  /// Service times of ok tasks, from start to end; `nil` without ok tasks.
  package var service: TimeQuantiles?
  /// Response times of ok tasks, from due to end; `nil` without a schedule.
  package var response: TimeQuantiles?
  /// The message of the first task that failed; `nil` if there is none.
  package var note: String?
  /// The tasks that were begun, in their order; empty if rows weren't asked for.
  package var rows: [TaskRow] = []
  /// The workers' activities over time; `nil` if it wasn't asked for, or if there are too many tasks.
  package var timeline: Timeline?

  /// Takes totals, times and the note from a board. Rows and the timeline are left out.
  package init(_ board: Board) {
    totals = BoardTotals(board.all)
    service = TimeQuantiles(ofSorted: board.serviceTimes())
    response = TimeQuantiles(ofSorted: board.responseTimes())
    note = board.note
  }
}

/// Quantiles of times, in seconds, by linear interpolation.
package struct TimeQuantiles: Hashable, Sendable {
  /// The median.
  package let p50: Double
  /// The 90 % quantile.
  package let p90: Double
  /// The 99 % quantile.
  package let p99: Double
  /// The longest time.
  package let max: Double

  /// Computes the quantiles of sorted times; `nil` for no times.
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
  /// Makes a timeline of a board's records; `nil` if there are no tasks, or too many.
  ///
  /// - Parameter wall: the time from t₀ to the end of the trial; `nil` if it isn't known.
  init?(_ board: Board, rows: [TaskRow], wall: Nanoseconds?) {
    guard (1...Board.maximumTimelineTasks).contains(board.taskCount) else { return nil }
    let marks = board.timelineMarks.map { mark in
      Timeline.Mark(mark.kind, worker: Int(mark.worker), start: mark.start, end: mark.end)
    }
    self.init(rows, marks: board.hasTimeline ? marks : nil, wall: wall, isCut: board.isTimelineCut)
  }
}
