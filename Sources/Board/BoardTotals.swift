internal import Model
package import Time

/// What the records of a board say together.
package struct BoardTotals: Hashable, Sendable {
  /// All tasks of the board.
  package var tasks = 0
  /// Tasks that ended well.
  package var ok = 0
  /// Tasks that failed, for whatever reason.
  package var failed = 0
  /// Begun and never ended.
  package var unfinished: [Unfinished] = []
  /// Tasks that no worker took.
  package var neverBegun = 0
  /// Of the tasks that are ok.
  package var bytes = 0
  /// Σ (index + 1) · value mod 2⁶⁴ over the tasks that are ok.
  package var checksum: UInt64 = 0
  /// The sum of the service times of the tasks that ended.
  package var time = Nanoseconds.zero
  /// The longest service time.
  package var longest: Nanoseconds?
  /// When the first task began, as the time since t₀.
  package var firstStart: Nanoseconds?
  /// When the last task ended, as the time since t₀.
  package var lastEnd: Nanoseconds?

  /// A task that began and never ended.
  package struct Unfinished: Hashable, Sendable {
    /// The task's number.
    package var task: Int
    /// The number of the worker that had it.
    package var worker: Int
  }

  /// Adds up records, in the order of their tasks.
  package init(_ records: some Collection<TaskRecord>) {
    tasks = records.count
    for (index, record) in records.enumerated() {
      switch record.state {
      case .waiting:
        neverBegun += 1
        continue
      case .running:
        if unfinished.count < 100 { unfinished.append(Unfinished(task: index, worker: Int(record.worker))) }
        continue
      case .ended(.ok):
        ok += 1
        bytes = Self.sum(bytes, record.bytes)
        checksum &+= UInt64(index + 1) &* record.value
      case .ended(.failed), .ended(.timeout): failed += 1
      }
      time += record.serviceTime
      longest = max(longest ?? .zero, record.serviceTime)
      firstStart = min(firstStart ?? record.start, record.start)
      lastEnd = max(lastEnd ?? record.end, record.end)
    }
  }

  /// What a library says of its tasks may be anything.
  private static func sum(_ a: Int, _ b: Int) -> Int {
    let (sum, overflow) = a.addingReportingOverflow(b)
    return overflow ? .max : sum
  }
}

extension Board {
  /// Returns the service times of the tasks that are ok, sorted.
  package func serviceTimes() -> [Nanoseconds] {
    var times: [Nanoseconds] = []
    times.reserveCapacity(taskCount)
    for record in all where record.outcome == .ok {
      times.append(record.serviceTime)
    }
    times.sort()
    return times
  }

  /// Returns the times from when each task was due to its end, sorted, for those that are ok; none without a schedule.
  package func responseTimes() -> [Nanoseconds] {
    guard hasSchedule else { return [] }
    return all.filter { $0.outcome == .ok }.map { $0.end - $0.due }.sorted()
  }
}

/// A checksum as messages and columns have it: 16 hexadecimal digits.
package func checksumText(_ checksum: UInt64) -> String { hexadecimalText(checksum) }
