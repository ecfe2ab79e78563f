package import Doctor
internal import OS

extension MachineWarning {
  /// The name of the warning in JSON.
  package var name: String {
    switch self {
    case .cpuQuota: "cpu_quota"
    case .governors: "governor"
    case .turbo: "turbo"
    case .otherLoad: "other_load"
    case .stolenTime: "stolen_time"
    case .fewOpenFiles: "open_files"
    case .fewProcesses: "processes"
    case .fewPorts: "local_ports"
    case .slowClock: "clock_source"
    }
  }

  /// The condition and its effect on measurements, in words.
  package var problem: String {
    switch self {
    case .cpuQuota(let quota, let cpus):
      "the CPU quota is \(Humanize.ratio(quota)) of \(Humanize.plural(cpus, "CPU")): who has used it up stands still "
        + "until the next period"
    case .governors(let names):
      "the frequency governor is \(names.joined(separator: ", ")): a CPU is slow until it was busy for a while"
    case .turbo:
      "turbo is on: the more CPUs are busy, and the warmer they are, the slower is each, and speedups look smaller"
    case .otherLoad(let cpus, let average):
      "others kept \(Humanize.ratio(cpus)) CPUs busy meanwhile"
        + (average.map { " (load average \(Humanize.ratio($0)))" } ?? "")
    case .stolenTime(let share):
      "the host of this virtual machine gave \(Humanize.percent(share)) of its CPU time to others"
    case .fewOpenFiles(let count):
      "a process may have \(Humanize.grouped(count)) files open: each connection is one, so many workers will fail"
    case .fewProcesses(let limit):
      "there may be \(Humanize.grouped(limit.count)) more processes and threads (\(limit.name)): many workers will fail"
    case .fewPorts(let ports):
      "there are \(Humanize.grouped(ports.count)) local ports (\(ports.lowerBound) to \(ports.upperBound)): without "
        + "reuse_connections, each request takes one for a minute"
    case .slowClock(let source, let reading):
      "the clock source is \(source): a reading calls the kernel and takes \(Humanize.seconds(reading)), twice a task"
    }
  }

  /// The remedy, in words or as a command.
  package var advice: String {
    switch self {
    case .cpuQuota(_, let cpus):
      "give the container \(Humanize.plural(cpus, "CPU")) (--cpus), or pin it to whole ones (--cpuset-cpus)"
    case .governors:
      "sudo cpupower frequency-set -g performance"
    case .turbo:
      "echo 1 | sudo tee /sys/devices/system/cpu/intel_pstate/no_turbo; elsewhere: echo 0 | sudo tee "
        + "/sys/devices/system/cpu/cpufreq/boost"
    case .otherLoad: "stop what else runs (top shows it), and measure again"
    case .stolenTime: "measure on dedicated CPUs, or at another time; more trials, and order: blocks, help"
    case .fewOpenFiles:
      "raise the hard limit: ulimit -Hn 65536 as root, --ulimit nofile=65536 for a container, LimitNOFILE= for a service"
    case .fewProcesses(let limit):
      switch limit.name {
      case "RLIMIT_NPROC": "raise the hard limit: ulimit -Hu 16384 as root, or nproc in /etc/security/limits.conf"
      case "pids.max": "give the container more (--pids-limit), or the service (TasksMax=)"
      default: "sudo sysctl \(limit.name)=65536"
      }
    case .fewPorts: "sudo sysctl net.ipv4.ip_local_port_range='16384 60999'"
    case .slowClock:
      "look for a better one in /sys/devices/system/clocksource/clocksource0/available_clocksource, and why dmesg says "
        + "that tsc was left"
    }
  }
}
