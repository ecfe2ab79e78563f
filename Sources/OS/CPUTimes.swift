import Glibc

/// What the machine's CPUs did since it was started, in seconds of all of them together.
package struct CPUTimes: Hashable, Sendable {
  /// In processes and in the kernel on their behalf; interrupts are nobody's.
  package var busy: Double
  /// When a CPU of a virtual machine had work, and its host gave the time to others.
  package var stolen: Double
  /// All time of all CPUs, idle or not.
  package var total: Double

  /// Names the three times, in seconds.
  package init(busy: Double, stolen: Double, total: Double) {
    self.busy = busy
    self.stolen = stolen
    self.total = total
  }

  /// `nil` where the kernel doesn't tell, or keeps no account.
  package init?(_ kernel: KernelFiles) {
    guard let line = TextFile.text("\(kernel.proc)/stat")?.split(separator: "\n").first(where: { $0.hasPrefix("cpu ") })
    else { return nil }
    // user nice system idle iowait irq softirq steal; guests' times are in the first two already.
    let ticks = line.split(separator: " ").dropFirst().prefix(8).map { Double($0) ?? .nan }
    let sum = ticks.reduce(0, +)
    guard ticks.count == 8, sum.isFinite, sum > 0 else { return nil }
    let perSecond = Double(sysconf(Int32(_SC_CLK_TCK)))
    self.init(busy: (ticks[0] + ticks[1] + ticks[2]) / perSecond, stolen: ticks[7] / perSecond, total: sum / perSecond)
  }

  /// Returns what the CPUs did between two readings.
  package static func - (later: CPUTimes, earlier: CPUTimes) -> CPUTimes {
    CPUTimes(
      busy: later.busy - earlier.busy, stolen: later.stolen - earlier.stolen, total: later.total - earlier.total)
  }
}
