package import OS

/// A condition that makes measurements on a machine worse, with its evidence. An unknown condition gives no warning.
package enum MachineWarning: Hashable, Sendable {
  /// The quota, in CPUs, is below the number of CPUs.
  case cpuQuota(Double, cpus: Int)
  /// Governors that change the frequency with the load.
  case governors([String])
  /// The frequency depends on the number of busy CPUs.
  case turbo
  /// Other processes used CPUs; `cpus` is CPU time over elapsed time.
  case otherLoad(cpus: Double, average: Double?)
  /// The host of the virtual machine gave this share of the time to others.
  case stolenTime(Double)
  /// The limit of open files of a process.
  case fewOpenFiles(Int)
  /// The limit of further processes and threads.
  case fewProcesses(Limit)
  /// The local ports for connections.
  case fewPorts(ClosedRange<Int>)
  /// A reading of the clock calls the kernel. `reading` is its time in seconds.
  case slowClock(source: String, reading: Double)
}

extension MachineWarning {
  /// CPU time over elapsed time.
  private static let muchOtherLoad = 0.1
  private static let muchStolenTime = 0.01
  /// Some strategies have thousands of connections, and each is a descriptor.
  private static let enoughOpenFiles = 4096
  /// Each worker of some strategies is a process or a thread.
  private static let enoughProcesses = 1024
  /// A connection that isn't reused takes its port for a minute.
  private static let enoughPorts = 10_000

  /// Returns every warning that the findings give reason for.
  package static func all(_ findings: Findings) -> [MachineWarning] {
    var warnings: [MachineWarning] = []
    if let quota = findings.cpuQuota, quota < Double(findings.cpus) {
      warnings.append(.cpuQuota(quota, cpus: findings.cpus))
    }
    let changing = findings.frequency.governors.subtracting(["performance", "userspace"])
    if !changing.isEmpty { warnings.append(.governors(changing.sorted())) }
    if findings.frequency.hasTurbo == true { warnings.append(.turbo) }
    if let others = findings.load.otherCPUs, others >= muchOtherLoad {
      warnings.append(.otherLoad(cpus: others, average: findings.load.loadAverage))
    }
    if let share = findings.load.stolenShare, share >= muchStolenTime { warnings.append(.stolenTime(share)) }
    if let limit = findings.limits.openFiles, limit < enoughOpenFiles { warnings.append(.fewOpenFiles(limit)) }
    if let limit = findings.limits.processes, limit.count < enoughProcesses { warnings.append(.fewProcesses(limit)) }
    if let ports = findings.limits.localPorts, ports.count < enoughPorts { warnings.append(.fewPorts(ports)) }
    if findings.clock.isCheap == false, let source = findings.clock.source {
      warnings.append(.slowClock(source: source, reading: findings.clock.reading))
    }
    return warnings
  }
}
