import Glibc

/// The time of day, in UTC.
package struct WallClock: Hashable, Sendable {
  /// Whole seconds since the first of January 1970.
  package let secondsSince1970: Int
  /// Milliseconds of the second that has begun.
  package let milliseconds: Int

  /// Names a moment.
  package init(secondsSince1970: Int, milliseconds: Int = 0) {
    self.secondsSince1970 = secondsSince1970
    self.milliseconds = milliseconds
  }

  /// Returns the time of day.
  package static func now() -> WallClock {
    var time = timespec()
    clock_gettime(CLOCK_REALTIME, &time)
    return WallClock(secondsSince1970: time.tv_sec, milliseconds: time.tv_nsec / 1_000_000)
  }

  /// `2026-11-22T08:15:00.123Z`
  package var iso8601: String {
    let (date, time) = fields
    let fraction = String(1000 + milliseconds).dropFirst()
    return "\(date.joined(separator: "-"))T\(time.joined(separator: ":")).\(fraction)Z"
  }

  /// `20261122T081500Z`, as runs are called.
  package var compact: String {
    let (date, time) = fields
    return "\(date.joined())T\(time.joined())Z"
  }

  private var fields: (date: [String], time: [String]) {
    var seconds = secondsSince1970
    var parts = tm()
    gmtime_r(&seconds, &parts)
    func two(_ number: Int32) -> String { String(String(100 + number).dropFirst()) }
    return (
      [String(parts.tm_year + 1900), two(parts.tm_mon + 1), two(parts.tm_mday)],
      [two(parts.tm_hour), two(parts.tm_min), two(parts.tm_sec)]
    )
  }
}
