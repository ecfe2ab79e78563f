import Glibc

/// How many of something there may be, and who says so.
package struct Limit: Hashable, Sendable {
  /// The number that is allowed.
  package var count: Int
  /// Such as `pids.max` or `RLIMIT_NPROC`.
  package var name: String

  /// Names a number and its source.
  package init(_ count: Int, _ name: String) {
    self.count = count
    self.name = name
  }
}

/// What this process, and those that it starts, may have at most. `nil`: no limit, or none that is known.
package struct Limits: Hashable, Sendable {
  /// Descriptors of one process; trials raise theirs to this.
  package var openFiles: Int?
  /// Processes and threads: the narrowest of the limits.
  package var processes: Limit?
  /// Connections to one address at a time, those included that wait for a minute after their end.
  package var localPorts: ClosedRange<Int>?

  /// Names the limits that a test or a caller knows.
  package init(openFiles: Int? = nil, processes: Limit? = nil, localPorts: ClosedRange<Int>? = nil) {
    self.openFiles = openFiles
    self.processes = processes
    self.localPorts = localPorts
  }

  /// Reads the limits of this process.
  package init(_ kernel: KernelFiles) {
    openFiles = Self.hardLimit(RLIMIT_NOFILE)
    processes = [
      // Of all processes of a user; root is free.
      geteuid() == 0 ? nil : Self.hardLimit(__RLIMIT_NPROC).map { Limit($0, "RLIMIT_NPROC") },
      ControlGroups(kernel).processRoom.map { Limit($0, "pids.max") },
      KernelFiles.count("\(kernel.proc)/sys/kernel/threads-max").map { Limit($0, "kernel.threads-max") },
      KernelFiles.count("\(kernel.proc)/sys/kernel/pid_max").map { Limit($0, "kernel.pid_max") },
    ].compactMap(\.self).min { $0.count < $1.count }
    let ports =
      TextFile.text("\(kernel.proc)/sys/net/ipv4/ip_local_port_range")?
      .split(whereSeparator: \.isWhitespace).map { Int($0) } ?? []
    if ports.count == 2, let low = ports[0], let high = ports[1], 0 < low, low <= high { localPorts = low...high }
  }

  private static func hardLimit(_ resource: __rlimit_resource) -> Int? {
    var limit = rlimit()
    guard getrlimit(__rlimit_resource_t(resource.rawValue), &limit) == 0 else { return nil }
    return Int(exactly: limit.rlim_max)
  }
}
