import Glibc
internal import Time

/// What the kernel's files tell of another process.
package enum ProcessRecord {
  /// The fields of /proc/PID/stat from the third on: the second is a name in parentheses, which may hold anything.
  private static func fields(of pid: Int32) -> [Int]? {
    guard let text = TextFile.text("/proc/\(pid)/stat"), let close = text.lastIndex(of: ")") else { return nil }
    return text[text.index(after: close)...].dropFirst().split(separator: " ").map { Int($0) ?? 0 }
  }

  static func parent(of pid: Int32) -> Int32? {
    fields(of: pid).flatMap { $0.count > 1 ? Int32(truncatingIfNeeded: $0[1]) : nil }
  }

  /// The addresses between which this process has its arguments.
  static func argumentAddresses() -> Range<UInt>? {
    guard let fields = fields(of: getpid()), fields.count > 46, 0 < fields[45], fields[45] < fields[46] else {
      return nil
    }
    return UInt(fields[45])..<UInt(fields[46])
  }

  /// Whether a signal stopped a process, and it hasn't gone on.
  package static func isStopped(_ pid: Int32) -> Bool {
    guard let text = TextFile.text("/proc/\(pid)/stat"), let close = text.lastIndex(of: ")") else { return false }
    return text[close...].dropFirst(2).first == "T"
  }

  /// What a process and those of its children that it waited for have used until now. CPU time has a grain of 10 ms.
  ///
  /// - Returns: `nil` where the process is gone.
  package static func usage(of pid: Int32) -> ResourceUsage? {
    guard let fields = fields(of: pid), fields.count > 14 else { return nil }
    let perSecond = sysconf(Int32(_SC_CLK_TCK))
    func time(_ ticks: Int) -> Nanoseconds { .seconds(1) * ticks / perSecond }
    let status = TextFile.text("/proc/\(pid)/status") ?? ""
    func figure(_ name: String) -> Int {
      let line = status.split(separator: "\n").first { $0.hasPrefix(name + ":") }
      return line?.split(whereSeparator: \.isWhitespace).dropFirst().first.flatMap { Int($0) } ?? 0
    }
    return ResourceUsage(
      cpuUser: time(fields[11] + fields[13]), cpuSystem: time(fields[12] + fields[14]),
      voluntarySwitches: figure("voluntary_ctxt_switches"),
      involuntarySwitches: figure("nonvoluntary_ctxt_switches"), maxRSSBytes: peakResidentBytes(of: pid) ?? 0)
  }
}
