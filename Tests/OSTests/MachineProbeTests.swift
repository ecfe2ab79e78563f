import OS
import Testing
import Time
import TimeLiterals

/// What is read from /proc and /sys, on machines that are made up.
struct MachineProbeTests {
  private static let cpus = "sys/devices/system/cpu"

  @Test func aMachineThatTellsNothing() throws {
    let kernel = try FakeKernel()
    #expect(ControlGroups(kernel.files).cpuQuota == nil)
    #expect(ControlGroups(kernel.files).processRoom == nil)
    #expect(CPUFrequency(kernel.files) == CPUFrequency())
    #expect(CPUTimes(kernel.files) == nil)
    #expect(MachineLoad(before: kernel.files) == MachineLoad())
    #expect(Limits(kernel.files).localPorts == nil)
    #expect(ClockProbe.measure(kernel.files).source == nil)
    #expect(ClockProbe.measure(kernel.files).isCheap == nil)
  }

  @Test(arguments: ["", "\n", "max", "-1 100000", "0 0", "garbage 7\n%", "\u{0}\u{0}"])
  func garbageIsUnknown(text: String) throws {
    let names = [
      "sys/fs/cgroup/cpu.max", "sys/fs/cgroup/pids.max", "sys/fs/cgroup/cpu/cpu.cfs_quota_us",
      "\(Self.cpus)/cpu0/cpufreq/scaling_governor", "\(Self.cpus)/cpu0/cpufreq/boost", "proc/stat", "proc/loadavg",
      "proc/pressure/cpu", "proc/sys/net/ipv4/ip_local_port_range",
    ]
    var files = Dictionary(uniqueKeysWithValues: names.map { ($0, text) })
    files["proc/self/cgroup"] = "0::/\n\(text)"
    let kernel = try FakeKernel(files)
    #expect(ControlGroups(kernel.files).cpuQuota == nil)
    #expect(ControlGroups(kernel.files).processRoom ?? 0 == 0)
    #expect(CPUFrequency(kernel.files).governors == [])
    #expect(CPUTimes(kernel.files) == nil)
    #expect(MachineLoad(before: kernel.files).pressure == nil)
    #expect(Limits(kernel.files).localPorts == nil)
  }

  @Test func governorsAndTurbo() throws {
    let kernel = try FakeKernel([
      "\(Self.cpus)/cpu0/cpufreq/scaling_governor": "powersave\n",
      "\(Self.cpus)/cpu1/cpufreq/scaling_governor": "performance\n",
      "\(Self.cpus)/cpufreq/scaling_governor": "ondemand\n", "\(Self.cpus)/intel_pstate/no_turbo": "1\n",
      "\(Self.cpus)/cpufreq/boost": "1\n",
    ])
    #expect(CPUFrequency(kernel.files) == CPUFrequency(governors: ["powersave", "performance"], hasTurbo: false))
    let boosted = try FakeKernel(["\(Self.cpus)/cpu0/cpufreq/boost": "0\n", "\(Self.cpus)/cpu1/cpufreq/boost": "1\n"])
    #expect(CPUFrequency(boosted.files).hasTurbo == true)
    let plain = try FakeKernel(["\(Self.cpus)/cpufreq/boost": "0\n"])
    #expect(CPUFrequency(plain.files).hasTurbo == false)
  }

  @Test func loadIsWhatOthersDid() throws {
    let kernel = try FakeKernel([
      "proc/loadavg": "1.50 0.5 0.2 1/100 7\n",
      "proc/pressure/cpu": "some avg10=12.50 avg60=1.00 avg300=0.00 total=7\nfull avg10=0.00 avg60=0.00\n",
    ])
    var load = MachineLoad(before: kernel.files)
    #expect(load == MachineLoad(loadAverage: 1.5, pressure: 0.125))
    load.add(CPUTimes(busy: 5, stolen: 0.5, total: 10), own: 2, elapsed: 5)
    #expect(load.otherCPUs == 0.6)
    #expect(load.stolenShare == 0.05)
    load.add(CPUTimes(busy: 1, stolen: 0, total: 10), own: 2, elapsed: 5)
    #expect(load.otherCPUs == 0, "accounts of different grain")
    load.add(CPUTimes(busy: 0, stolen: 0, total: 0), own: 2, elapsed: 5)
    #expect(load.otherCPUs == 0, "no account, no news")
  }

  @Test func timesOfAllCPUs() throws {
    let kernel = try FakeKernel(["proc/stat": "cpu  100 10 40 300 20 5 5 20 7 7\ncpu0 1 1 1 1 1 1 1 1 1 1\n"])
    let times = try #require(CPUTimes(kernel.files))
    #expect(times.busy / times.total == 0.3)
    #expect(times.stolen / times.total == 0.04)
    let later = CPUTimes(busy: 10, stolen: 4, total: 50) - CPUTimes(busy: 6, stolen: 3, total: 30)
    #expect(later == CPUTimes(busy: 4, stolen: 1, total: 20))
    let short = try FakeKernel(["proc/stat": "cpu  100 10 40\n"])
    #expect(CPUTimes(short.files) == nil)
    let idle = try FakeKernel(["proc/stat": "cpu  0 0 0 0 0 0 0 0 0 0\n"])
    #expect(CPUTimes(idle.files) == nil, "a sandbox that keeps no account")
  }

  @Test func thePortsOfThisMachine() throws {
    let kernel = try FakeKernel(["proc/sys/net/ipv4/ip_local_port_range": "32768\t60999\n"])
    #expect(Limits(kernel.files).localPorts == 32768...60999)
    let reversed = try FakeKernel(["proc/sys/net/ipv4/ip_local_port_range": "9 3\n"])
    #expect(Limits(reversed.files).localPorts == nil)
  }

  @Test(arguments: [("tsc", true), ("kvm-clock", true), ("hpet", false), ("acpi_pm", false)])
  func clockSources(name: String, isCheap: Bool) throws {
    let kernel = try FakeKernel(["sys/devices/system/clocksource/clocksource0/current_clocksource": "\(name)\n"])
    let clock = ClockProbe.measure(kernel.files)
    #expect(clock.source == name)
    #expect(clock.isCheap == isCheap)
    #expect(clock.reading > 0 && clock.reading < 1e-3)
    #expect(try #require(clock.smallestStep) >= clock.resolution ?? 0)
  }

  @Test func slackIsGivenBack() throws {
    let before = try #require(TimerSlack.current)
    #expect(before > 1)
    #expect(TimerSlack.precisely { TimerSlack.current } == 1)
    #expect(TimerSlack.current == before)
    let late = TimerSlack.lateness(of: 100_000, times: 5)
    #expect(late.count == 5 && late == late.sorted() && late[0] >= 0)
  }
}
