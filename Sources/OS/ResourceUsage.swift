package import Glibc
package import Time

/// What processes used, by the kernel's own account.
package struct ResourceUsage: Hashable, Sendable {
  /// CPU time in the programs themselves.
  package var cpuUser: Nanoseconds
  /// CPU time in the kernel on their behalf.
  package var cpuSystem: Nanoseconds
  /// How often it gave its CPU up by itself.
  package var voluntarySwitches: Int
  /// How often its CPU was taken away.
  package var involuntarySwitches: Int
  /// The largest of the processes. Of a child it is at least what its parent had when it was started.
  package var maxRSSBytes: Int

  init(
    cpuUser: Nanoseconds, cpuSystem: Nanoseconds, voluntarySwitches: Int, involuntarySwitches: Int, maxRSSBytes: Int
  ) {
    self.cpuUser = cpuUser
    self.cpuSystem = cpuSystem
    self.voluntarySwitches = voluntarySwitches
    self.involuntarySwitches = involuntarySwitches
    self.maxRSSBytes = maxRSSBytes
  }

  /// Takes the kernel's figures over.
  package init(_ usage: rusage) {
    cpuUser = .seconds(usage.ru_utime.tv_sec) + .microseconds(usage.ru_utime.tv_usec)
    cpuSystem = .seconds(usage.ru_stime.tv_sec) + .microseconds(usage.ru_stime.tv_usec)
    voluntarySwitches = usage.ru_nvcsw
    involuntarySwitches = usage.ru_nivcsw
    maxRSSBytes = usage.ru_maxrss * 1024
  }

  /// CPU time of both kinds.
  package var cpu: Nanoseconds { cpuUser + cpuSystem }

  /// Of this process so far.
  package static func ofSelf() -> ResourceUsage { read(RUSAGE_SELF.rawValue) }

  /// Of the children that have ended and were waited for.
  package static func ofChildren() -> ResourceUsage { read(RUSAGE_CHILDREN.rawValue) }

  private static func read(_ who: __rusage_who_t) -> ResourceUsage {
    var usage = rusage()
    getrusage(who, &usage)
    return ResourceUsage(usage)
  }

  /// Returns the sums, and the larger of the two memories.
  package static func + (a: ResourceUsage, b: ResourceUsage) -> ResourceUsage {
    var sum = a
    sum.cpuUser += b.cpuUser
    sum.cpuSystem += b.cpuSystem
    sum.voluntarySwitches += b.voluntarySwitches
    sum.involuntarySwitches += b.involuntarySwitches
    sum.maxRSSBytes = max(a.maxRSSBytes, b.maxRSSBytes)
    return sum
  }

  /// What came between two readings; `maxRSSBytes` is that of the later one.
  package static func - (later: ResourceUsage, earlier: ResourceUsage) -> ResourceUsage {
    var difference = later
    difference.cpuUser -= earlier.cpuUser
    difference.cpuSystem -= earlier.cpuSystem
    difference.voluntarySwitches -= earlier.voluntarySwitches
    difference.involuntarySwitches -= earlier.involuntarySwitches
    return difference
  }
}
