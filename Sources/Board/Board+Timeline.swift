package import Model
internal import OS
internal import Synchronization
package import Time

/// Marks of the timeline lie behind the records, in blocks that each belong to one worker.
extension Board {
  static let maximumMarkCapacity = 1 << 20
  static let marksPerBlock = 64

  /// Timelines of more tasks than this aren't kept: nobody looks at so many.
  package static let maximumTimelineTasks = 100_000

  /// Room for what so many tasks are likely to leave, some waits each, and for a block that each worker begins.
  package static func markCapacity(forTasks taskCount: Int, workers: Int) -> Int {
    if taskCount > maximumTimelineTasks { return 0 }
    return min(maximumMarkCapacity, taskCount * 16 + (min(workers, taskCount) + 1) * marksPerBlock)
  }

  private var markCapacity: Int { memory.base.load(fromByteOffset: Offset.markCapacity, as: Int.self) }

  /// Whether what workers do within their tasks is marked.
  package var hasTimeline: Bool { markCapacity > 0 }

  private var marks: UnsafeMutablePointer<TimelineMark> {
    UnsafeMutableRawPointer(records + taskCount).assumingMemoryBound(to: TimelineMark.self)
  }

  /// A block that nobody else writes to; `nil` when there is none left.
  fileprivate func claimMarks() -> UnsafeMutableBufferPointer<TimelineMark>? {
    let first = atomic(Offset.claimedMarks).pointee.add(Self.marksPerBlock, ordering: .relaxed).oldValue
    guard first + Self.marksPerBlock <= markCapacity else { return nil }
    return UnsafeMutableBufferPointer(start: marks + first, count: Self.marksPerBlock)
  }

  /// All that were made, whoever made them.
  package var timelineMarks: [TimelineMark] {
    let claimed = min(markCapacity, atomic(Offset.claimedMarks).pointee.load(ordering: .relaxed))
    return UnsafeBufferPointer(start: marks, count: claimed).filter { $0.end > .zero }
  }

  /// Whether there was no room for more.
  package var isTimelineCut: Bool {
    hasTimeline && atomic(Offset.claimedMarks).pointee.load(ordering: .relaxed) > markCapacity
  }
}

/// Where one worker leaves its marks. It neither locks nor allocates.
///
/// Sendable: it belongs to one worker, which runs on one thread at a time.
package final class TimelineRecorder: @unchecked Sendable {
  private let board: Board
  private let worker: Int
  private let origin: Instant
  private var block: UnsafeMutableBufferPointer<TimelineMark>?
  private var used = 0

  /// `nil` where nothing is marked. After t₀ is known.
  package init?(_ board: Board, worker: Int) {
    guard board.hasTimeline else { return nil }
    self.board = board
    self.worker = worker
    origin = board.origin
    block = board.claimMarks()
  }

  /// Notes what the worker did between two moments.
  package func mark(_ kind: Timeline.Mark.Kind, from start: Instant, to end: Instant) {
    if used == Board.marksPerBlock, block != nil {
      block = board.claimMarks()
      used = 0
    }
    guard let block else { return }
    block[used] = TimelineMark(kind, worker: worker, start: start - origin, end: end - origin)
    used += 1
  }
}
