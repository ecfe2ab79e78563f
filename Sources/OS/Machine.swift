internal import CLinux
import Glibc

/// Facts about the machine that a process finds itself on.
package enum Machine {
  /// CPUs that this process can use at most: its affinity, and the CPU quotas of its control groups.
  package static func effectiveCores() -> Double {
    let allowed = Double(allowedCPUs())
    return min(allowed, ControlGroups().cpuQuota ?? allowed)
  }

  /// CPUs that this process may run on, whatever its share of them.
  package static func allowedCPUs() -> Int {
    // The mask that is asked for has room for 1,024 CPUs; beyond that, all that are online count.
    let mask = Int(clinux_allowed_cpus())
    return mask > 0 ? mask : max(1, sysconf(Int32(_SC_NPROCESSORS_ONLN)))
  }

  /// Whole CPUs, as a pool counts them.
  package static func cpuCount() -> Int {
    max(1, Int(effectiveCores().rounded(.up)))
  }

  /// Returns the name of this machine in its network.
  package static func hostName() -> String {
    TextFile.text("/proc/sys/kernel/hostname")?.split(separator: "\n").first.map(String.init) ?? "unknown"
  }

  /// Returns the release of the kernel, as `uname -r` prints it.
  package static func kernel() -> String {
    TextFile.text("/proc/sys/kernel/osrelease")?.split(separator: "\n").first.map(String.init) ?? "unknown"
  }

  /// Returns the name of the CPU as the kernel has it; `nil` where it has none.
  package static func cpuModel() -> String? {
    guard let text = TextFile.text("/proc/cpuinfo") else { return nil }
    let line = text.split(separator: "\n").first { $0.hasPrefix("model name") }
    return line?.split(separator: ":", maxSplits: 1).last.map { String($0.drop(while: \.isWhitespace)) }
  }

  /// Returns the bytes of memory that this machine has.
  package static func memoryBytes() -> Int {
    sysconf(Int32(_SC_PHYS_PAGES)) * sysconf(Int32(_SC_PAGESIZE))
  }
}
