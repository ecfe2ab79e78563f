package import Model
package import Time

/// A stretch of time in which a worker did something that its tasks' starts and ends don't tell.
///
/// Moments are times since t₀.
package struct TimelineMark: Sendable, BitwiseCopyable {
  /// When it began.
  package var start: Nanoseconds
  /// When it ended.
  package var end: Nanoseconds
  /// The worker's number.
  package var worker: UInt32
  private var kindCode: UInt32

  /// Makes a mark of one worker.
  package init(_ kind: Timeline.Mark.Kind, worker: Int, start: Nanoseconds, end: Nanoseconds) {
    self.start = start
    self.end = end
    self.worker = UInt32(truncatingIfNeeded: worker)
    kindCode = kind.rawValue
  }

  /// The worker's activity.
  package var kind: Timeline.Mark.Kind { Timeline.Mark.Kind(rawValue: kindCode) ?? .waited }
}
