/// A moment of the machine's monotonic clock, the same for all its processes.
@frozen
public struct Instant: BitwiseCopyable, Hashable, Comparable, Sendable {
  /// The time since a fixed moment, which is the machine's start on Linux.
  public var sinceStart: Nanoseconds

  /// Makes the moment that came so long after the clock's start.
  @inlinable
  public init(sinceStart: Nanoseconds) {
    self.sinceStart = sinceStart
  }

  /// Before every reading of the clock.
  @inlinable public static var distantPast: Instant { Instant(sinceStart: .zero) }

  /// A deadline that never comes.
  @inlinable public static var distantFuture: Instant { Instant(sinceStart: .max) }

  /// Says whether the first moment comes before the second.
  @inlinable
  public static func < (a: Instant, b: Instant) -> Bool { a.sinceStart < b.sinceStart }

  /// Says whether two moments are the same.
  @inlinable
  public static func == (a: Instant, b: Instant) -> Bool { a.sinceStart == b.sinceStart }

  /// Returns the time from the second moment to the first.
  @inlinable
  public static func - (later: Instant, earlier: Instant) -> Nanoseconds {
    // Two for each task. Neither is before the clock's start, so there is no overflow to look for.
    Nanoseconds(later.sinceStart.count &- earlier.sinceStart.count)
  }

  /// Returns the moment that comes so long after another.
  @inlinable
  public static func + (moment: Instant, span: Nanoseconds) -> Instant { Instant(sinceStart: moment.sinceStart + span) }

  /// Returns the moment that comes so long before another.
  @inlinable
  public static func - (moment: Instant, span: Nanoseconds) -> Instant { Instant(sinceStart: moment.sinceStart - span) }
}
