import Glibc
internal import Time

/// What CLOCK_MONOTONIC can tell apart, and what it costs to ask. Times are in seconds.
package struct ClockProbe: Hashable, Sendable {
  /// As the kernel has it.
  package var resolution: Double?
  /// The smallest difference between two readings, one right after the other, that isn't zero.
  package var smallestStep: Double?
  /// One reading, in the fastest of some batches.
  package var reading: Double
  /// Where the kernel has the time from, such as `tsc`; `nil`: unknown.
  package var source: String?

  /// Names the figures, in seconds.
  package init(resolution: Double? = nil, smallestStep: Double? = nil, reading: Double, source: String? = nil) {
    self.resolution = resolution
    self.smallestStep = smallestStep
    self.reading = reading
    self.source = source
  }

  /// Asks the clock 100,000 times: some milliseconds with a good one.
  package static func measure(_ kernel: KernelFiles) -> ClockProbe {
    var nominal = timespec()
    let isKnown = clock_getres(CLOCK_MONOTONIC, &nominal) == 0
    let batches = 20
    let perBatch = 5_000
    var smallest = Nanoseconds.max
    var fastest = Nanoseconds.max
    for _ in 0..<batches {
      let start = MonotonicClock.now()
      var last = start
      for _ in 0..<perBatch {
        let now = MonotonicClock.now()
        if now > last { smallest = min(smallest, now - last) }
        last = now
      }
      fastest = min(fastest, last - start)
    }
    return ClockProbe(
      resolution: isKnown ? Nanoseconds(nominal).seconds : nil,
      smallestStep: smallest == .max ? nil : smallest.seconds, reading: fastest.seconds / Double(perBatch),
      source: KernelFiles.word("\(kernel.sys)/devices/system/clocksource/clocksource0/current_clocksource"))
  }

  /// Whether a process can read the clock without calling the kernel; `nil`: unknown.
  package var isCheap: Bool? {
    source.map { source in
      ["tsc", "kvm-clock", "arch_sys_counter", "hyperv_clocksource_tsc_page", "riscv_clocksource", "timebase", "tod"]
        .contains(source)
    }
  }
}
