import OS
import Testing

/// The limits of control groups, in trees that are made up.
struct ControlGroupTests {
  @Test func theSmallestQuotaAroundCounts() throws {
    let kernel = try FakeKernel([
      "proc/self/cgroup": "0::/a/b/c\n", "sys/fs/cgroup/a/b/c/cpu.max": "max 100000\n",
      "sys/fs/cgroup/a/b/cpu.max": "150000 100000\n", "sys/fs/cgroup/a/cpu.max": "200000 100000\n",
      "sys/fs/cgroup/a/b/c/pids.max": "max\n", "sys/fs/cgroup/a/pids.max": "100\n",
      "sys/fs/cgroup/a/pids.current": "30\n",
    ])
    #expect(ControlGroups(kernel.files).cpuQuota == 1.5)
    #expect(ControlGroups(kernel.files).processRoom == 70)
    #expect(Limits(kernel.files).processes == Limit(70, "pids.max"))
  }

  @Test func theFirstVersionOfControlGroups() throws {
    let kernel = try FakeKernel([
      "proc/self/cgroup": "8:pids:/docker/x\n1:cpu,cpuacct:/\n0::/\n",
      "sys/fs/cgroup/cpu/cpu.cfs_quota_us": "50000\n", "sys/fs/cgroup/cpu/cpu.cfs_period_us": "100000\n",
      "sys/fs/cgroup/pids/docker/x/pids.max": "20\n", "sys/fs/cgroup/pids/docker/x/pids.current": "25\n",
    ])
    #expect(ControlGroups(kernel.files).cpuQuota == 0.5)
    #expect(ControlGroups(kernel.files).processRoom == 0)
    let free = try FakeKernel([
      "sys/fs/cgroup/cpu/cpu.cfs_quota_us": "-1\n", "sys/fs/cgroup/cpu/cpu.cfs_period_us": "100000\n",
    ])
    #expect(ControlGroups(free.files).cpuQuota == nil)
  }

  private static func mount(_ root: String, _ point: String, _ kind: String, _ options: String) -> String {
    "31 23 0:28 \(root) /sys/fs/cgroup\(point) rw,relatime shared:9 - \(kind) \(kind) rw\(options)\n"
  }

  @Test func groupsOfTheFirstVersionAreNested() throws {
    let kernel = try FakeKernel([
      "proc/self/cgroup": "3:cpuset:/a/b\n2:cpu,cpuacct:/a/b\n",
      "proc/self/mountinfo": Self.mount("/", "/cpu,cpuacct", "cgroup", ",cpu,cpuacct")
        + Self.mount("/", "/cpuset", "cgroup", ",cpuset"),
      "sys/fs/cgroup/cpu,cpuacct/a/b/cpu.cfs_quota_us": "-1\n",
      "sys/fs/cgroup/cpu,cpuacct/a/b/cpu.cfs_period_us": "100000\n",
      "sys/fs/cgroup/cpu,cpuacct/a/cpu.cfs_quota_us": "25000\n",
      "sys/fs/cgroup/cpu,cpuacct/a/cpu.cfs_period_us": "100000\n",
      "sys/fs/cgroup/cpuset/a/cpu.cfs_quota_us": "1\n", "sys/fs/cgroup/cpuset/a/cpu.cfs_period_us": "100000\n",
    ])
    #expect(ControlGroups(kernel.files).cpuQuota == 0.25)
  }

  /// systemd's hybrid layout: v2 stands beside v1 and has no controller, or some.
  @Test func bothVersionsAtOnce() throws {
    var files = [
      "proc/self/cgroup": "2:cpu:/a\n0::/user/x\n",
      "proc/self/mountinfo": Self.mount("/", "/cpu", "cgroup", ",cpu") + Self.mount("/", "/unified", "cgroup2", ""),
      "sys/fs/cgroup/cpu/a/cpu.cfs_quota_us": "300000\n", "sys/fs/cgroup/cpu/a/cpu.cfs_period_us": "100000\n",
      "sys/fs/cgroup/unified/user/pids.max": "12\n", "sys/fs/cgroup/unified/user/pids.current": "2\n",
    ]
    let plain = try FakeKernel(files)
    #expect(ControlGroups(plain.files).cpuQuota == 3)
    #expect(ControlGroups(plain.files).processRoom == 10)
    files["sys/fs/cgroup/unified/user/cpu.max"] = "50000 100000\n"
    let both = try FakeKernel(files)
    #expect(ControlGroups(both.files).cpuQuota == 0.5)
    files["proc/self/mountinfo"] = nil
    let silent = try FakeKernel(files)
    #expect(ControlGroups(silent.files).cpuQuota == 0.5, "the usual places")
  }

  /// A container without a namespace of its own sees its group's folder at the mount point.
  @Test(arguments: [
    ("/docker/x", "/docker/x"), ("/docker/x/inner", "/docker/x"), ("/", "/"), ("/", "/.."), ("/../y", "/"),
    ("/elsewhere", "/docker/x"),
  ])
  func aPartOfTheHierarchy(group: String, root: String) throws {
    let kernel = try FakeKernel([
      "proc/self/cgroup": "0::\(group)\n", "proc/self/mountinfo": Self.mount(root, "", "cgroup2", ",nsdelegate"),
      "sys/fs/cgroup/cpu.max": "75000 50000\n", "sys/fs/cgroup/inner/cpu.max": "max 50000\n",
      "sys/fs/cgroup/docker/cpu.max": "1 50000\n",
    ])
    #expect(ControlGroups(kernel.files).cpuQuota == 1.5)
  }

  @Test func mountPointsWithBlanks() throws {
    let kernel = try FakeKernel([
      "proc/self/cgroup": "0::/my group\n", "proc/self/mountinfo": Self.mount("/", "/x\\040y", "cgroup2", ""),
      "sys/fs/cgroup/x y/my group/cpu.max": "10000 100000\n",
    ])
    #expect(ControlGroups(kernel.files).cpuQuota == 0.1)
  }

  @Test(arguments: ["", "31", "31 23 0:28 / - cgroup2", "31 23 0:28 / /sys/fs/cgroup rw - cgroup2 cgroup2"])
  func brokenLinesOfMounts(line: String) throws {
    let kernel = try FakeKernel([
      "proc/self/cgroup": "0::/a\n", "proc/self/mountinfo": line, "sys/fs/cgroup/a/cpu.max": "20000 100000\n",
    ])
    #expect(ControlGroups(kernel.files).cpuQuota == 0.2, "the usual places")
  }
}
