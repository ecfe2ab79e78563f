internal import CLinux
import Glibc

/// Facts about the machine that a process finds itself on.
package enum Machine {
  /// CPUs that this process can use at most: its affinity, and the CPU quotas of its control groups.
  package static func effectiveCores() -> Double {
    // The mask that is asked for has room for 1,024 CPUs; beyond that, all that are online count.
    let mask = Int(clinux_allowed_cpus())
    let allowed = Double(mask > 0 ? mask : max(1, sysconf(Int32(_SC_NPROCESSORS_ONLN))))
    return min(allowed, quota() ?? allowed)
  }

  /// Whole CPUs, as a pool counts them.
  package static func cpuCount() -> Int {
    max(1, Int(effectiveCores().rounded(.up)))
  }

  /// The smallest CPU quota of this control group and those around it (cgroup v2; else v1).
  private static func quota() -> Double? {
    let lines = TextFile.text("/proc/self/cgroup")?.split(separator: "\n") ?? []
    var smallest: Double?
    if let unified = lines.first(where: { $0.hasPrefix("0::") }) {
      var path = String(unified.dropFirst(3))
      while true {
        let text = TextFile.text("/sys/fs/cgroup\(path == "/" ? "" : path)/cpu.max")
        let fields = text?.split(whereSeparator: \.isWhitespace).map { Double($0) } ?? []
        if fields.count == 2, let quota = fields[0], let period = fields[1], period > 0 {
          smallest = min(smallest ?? .infinity, quota / period)
        }
        guard let slash = path.lastIndex(of: "/"), path != "/" else { break }
        path = slash == path.startIndex ? "/" : String(path[..<slash])
      }
    }
    if smallest == nil,
      let quota = number("/sys/fs/cgroup/cpu/cpu.cfs_quota_us"), quota > 0,
      let period = number("/sys/fs/cgroup/cpu/cpu.cfs_period_us"), period > 0
    {
      smallest = quota / period
    }
    return smallest
  }

  private static func number(_ path: String) -> Double? {
    TextFile.text(path)?.split(whereSeparator: \.isWhitespace).first.flatMap { Double($0) }
  }

  package static func hostName() -> String {
    TextFile.text("/proc/sys/kernel/hostname")?.split(separator: "\n").first.map(String.init) ?? "unknown"
  }

  package static func kernel() -> String {
    TextFile.text("/proc/sys/kernel/osrelease")?.split(separator: "\n").first.map(String.init) ?? "unknown"
  }

  package static func cpuModel() -> String? {
    guard let text = TextFile.text("/proc/cpuinfo") else { return nil }
    let line = text.split(separator: "\n").first { $0.hasPrefix("model name") }
    return line?.split(separator: ":", maxSplits: 1).last.map { String($0.drop(while: \.isWhitespace)) }
  }

  package static func memoryBytes() -> Int {
    sysconf(Int32(_SC_PHYS_PAGES)) * sysconf(Int32(_SC_PAGESIZE))
  }
}
