/// What the control groups of this process allow it: cgroup v2, or v1 where that says nothing.
package struct ControlGroups: Sendable {
  private let root: String
  /// Lines of /proc/self/cgroup: `0::/path` for v2, `8:pids:/path` for v1.
  private let lines: [[Substring]]

  /// Finds the control groups of this process.
  package init(_ kernel: KernelFiles = .standard) {
    root = "\(kernel.sys)/fs/cgroup"
    let text = TextFile.text("\(kernel.proc)/self/cgroup") ?? ""
    lines = text.split(separator: "\n").map { $0.split(separator: ":", maxSplits: 2, omittingEmptySubsequences: false) }
  }

  /// CPUs' worth of time: the smallest quota of this group and those around it. `nil`: no quota.
  package var cpuQuota: Double? {
    let quotas = unifiedFolders.compactMap { folder -> Double? in
      let fields = TextFile.text("\(folder)/cpu.max")?.split(whereSeparator: \.isWhitespace).map { Double($0) } ?? []
      guard fields.count == 2, let quota = fields[0], let period = fields[1], quota > 0, period > 0 else { return nil }
      return quota / period
    }
    if let smallest = quotas.min() { return smallest }
    guard let quota = KernelFiles.count("\(root)/cpu/cpu.cfs_quota_us"), quota > 0,
      let period = KernelFiles.count("\(root)/cpu/cpu.cfs_period_us"), period > 0
    else { return nil }
    return Double(quota) / Double(period)
  }

  /// How many more processes and threads there may be. `nil`: no limit.
  package var processRoom: Int? {
    (unifiedFolders + folders(of: "pids")).compactMap { folder in
      KernelFiles.count("\(folder)/pids.max").map { max(0, $0 - (KernelFiles.count("\(folder)/pids.current") ?? 0)) }
    }.min()
  }

  private var unifiedFolders: [String] {
    lines.first { $0.count == 3 && $0[0] == "0" && $0[1].isEmpty }.map { folders(in: root, path: $0[2]) } ?? []
  }

  /// Of a controller of v1.
  private func folders(of controller: Substring) -> [String] {
    lines.first { $0.count == 3 && $0[1].split(separator: ",").contains(controller) }
      .map { folders(in: "\(root)/\(controller)", path: $0[2]) } ?? []
  }

  /// A group and those around it, the innermost first.
  private func folders(in root: String, path: Substring) -> [String] {
    let names = path.split(separator: "/")
    return (0...names.count).reversed().map { count in ([Substring(root)] + names.prefix(count)).joined(separator: "/")
    }
  }
}
