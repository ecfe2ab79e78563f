/// The limits that the control groups of this process set, of both versions of cgroups, which a machine may have at once.
///
/// A group is limited by the groups around it, too, as far as this process can see them.
package struct ControlGroups: Sendable {
  private let cpuFolders: [String]
  private let processFolders: [String]

  /// Finds the control groups of this process.
  package init(_ kernel: KernelFiles = .standard) {
    let lines = (TextFile.text("\(kernel.proc)/self/cgroup") ?? "").split(separator: "\n")
    let memberships = lines.compactMap(Membership.init)
    let mounts = Self.mounts(kernel)
    cpuFolders = memberships.flatMap { $0.folders(controller: "cpu", mounts: mounts) }
    processFolders = memberships.flatMap { $0.folders(controller: "pids", mounts: mounts) }
  }

  /// CPUs' worth of time: the smallest quota of this process's groups and those around them. `nil`: no quota.
  package var cpuQuota: Double? {
    cpuFolders.compactMap { folder -> Double? in
      let unified = TextFile.text("\(folder)/cpu.max")?.split(whereSeparator: \.isWhitespace).map { Double($0) }
      let first = ["quota", "period"].map { KernelFiles.count("\(folder)/cpu.cfs_\($0)_us").map(Double.init) }
      let fields = unified ?? first
      guard fields.count == 2, let quota = fields[0], let period = fields[1], quota > 0, period > 0 else { return nil }
      return quota / period
    }.min()
  }

  /// How many more processes and threads there may be. `nil`: no limit.
  package var processRoom: Int? {
    processFolders.compactMap { folder in
      KernelFiles.count("\(folder)/pids.max").map { max(0, $0 - (KernelFiles.count("\(folder)/pids.current") ?? 0)) }
    }.min()
  }

  /// The group of this process in one hierarchy: a line of /proc/self/cgroup, `0::/path` for v2, `8:pids:/path` for v1.
  private struct Membership {
    let isUnified: Bool
    let controllers: [Substring]
    let group: Substring

    init?(line: Substring) {
      let fields = line.split(separator: ":", maxSplits: 2, omittingEmptySubsequences: false)
      guard fields.count == 3 else { return nil }
      isUnified = fields[0] == "0" && fields[1].isEmpty
      controllers = fields[1].split(separator: ",")
      group = fields[2]
    }

    /// Returns the folders that may limit a controller: those of the group, and those around it.
    func folders(controller: Substring, mounts: [ControlGroupMount]) -> [String] {
      guard isUnified || controllers.contains(controller) else { return [] }
      return mounts.filter { $0.isUnified == isUnified && (isUnified || $0.controllers.contains(String(controller))) }
        .flatMap { $0.folders(of: group) }
    }
  }

  /// Returns the mounted hierarchies, or the usual places where the kernel doesn't tell them.
  private static func mounts(_ kernel: KernelFiles) -> [ControlGroupMount] {
    let lines = (TextFile.text("\(kernel.proc)/self/mountinfo") ?? "").split(separator: "\n")
    let found = lines.compactMap(ControlGroupMount.init).map { mount in
      mount.point.hasPrefix("/sys/")
        ? ControlGroupMount(
          isUnified: mount.isUnified, controllers: mount.controllers, root: mount.root,
          point: kernel.sys + mount.point.dropFirst("/sys".count))
        : mount
    }
    guard found.isEmpty else { return found }
    let root = "\(kernel.sys)/fs/cgroup"
    return [root, "\(root)/unified"].map { ControlGroupMount(isUnified: true, point: $0) }
      + ["cpu", "pids"].map { ControlGroupMount(isUnified: false, controllers: [$0], point: "\(root)/\($0)") }
  }
}
