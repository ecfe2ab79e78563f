/// What the records of a board say together.
package struct BoardTotals: Hashable, Sendable {
  package var tasks = 0
  package var ok = 0
  package var failed = 0
  /// Begun and never ended.
  package var unfinished: [Unfinished] = []
  package var neverBegun = 0
  /// Of the tasks that are ok.
  package var bytes = 0
  /// Σ (index + 1) · value mod 2⁶⁴ over the tasks that are ok.
  package var checksum: UInt64 = 0
  /// Σ service time of the tasks that ended, in nanoseconds.
  package var time = 0
  package var longest: Int?
  /// When the first began and the last ended, in nanoseconds since t₀.
  package var firstStart: Int?
  package var lastEnd: Int?

  package struct Unfinished: Hashable, Sendable {
    package var task: Int
    package var worker: Int
  }

  package init(_ records: some Collection<TaskRecord>) {
    tasks = records.count
    for (index, record) in records.enumerated() {
      switch record.status {
      case .waiting:
        neverBegun += 1
        continue
      case .running:
        if unfinished.count < 100 { unfinished.append(Unfinished(task: index, worker: Int(record.worker))) }
        continue
      case .ok:
        ok += 1
        bytes = Self.sum(bytes, record.bytes)
        checksum &+= UInt64(index + 1) &* record.value
      case .failed, .timeout: failed += 1
      }
      time = Self.sum(time, record.end - record.start)
      longest = max(longest ?? 0, record.end - record.start)
      firstStart = min(firstStart ?? .max, record.start)
      lastEnd = max(lastEnd ?? .min, record.end)
    }
  }

  /// What a library says of its tasks may be anything.
  private static func sum(_ a: Int, _ b: Int) -> Int {
    let (sum, overflow) = a.addingReportingOverflow(b)
    return overflow ? .max : sum
  }
}

extension Board {
  /// Service times of the tasks that are ok, sorted, in nanoseconds.
  package func serviceTimes() -> [Int] {
    var times: [Int] = []
    times.reserveCapacity(taskCount)
    for record in all where record.status == .ok {
      times.append(record.end - record.start)
    }
    times.sort()
    return times
  }
}

extension Board {
  /// From when each task was due to its end, sorted, in nanoseconds, for those that are ok; empty without a schedule.
  package func responseTimes() -> [Int] {
    guard hasSchedule else { return [] }
    return all.filter { $0.status == .ok }.map { $0.end - $0.due }.sorted()
  }
}

/// A checksum as messages and columns have it: 16 hexadecimal digits.
package func checksumText(_ checksum: UInt64) -> String {
  let digits = String(checksum, radix: 16)
  return String(repeating: "0", count: 16 - digits.count) + digits
}
