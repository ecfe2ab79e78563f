package import OS

/// A condition that makes measurements on a machine worse, and the evidence. What isn't known is no warning.
package enum MachineWarning: Hashable, Sendable {
  case cpuQuota(Double, cpus: Int)
  /// Governors that change the frequency with the load.
  case governors([String])
  case turbo
  /// CPUs' worth of time.
  case otherLoad(cpus: Double, average: Double?)
  /// The share of time that the host gave to others.
  case stolenTime(Double)
  case fewOpenFiles(Int)
  case fewProcesses(Limit)
  case fewPorts(ClosedRange<Int>)
  /// Seconds for a reading.
  case slowClock(source: String, reading: Double)
}

extension MachineWarning {
  /// A tenth of one CPU.
  private static let muchOtherLoad = 0.1
  private static let muchStolenTime = 0.01
  /// Each of some thousand connections is a descriptor.
  private static let enoughOpenFiles = 4096
  /// Each worker of some strategies is a process or a thread.
  private static let enoughProcesses = 1024
  /// Where connections aren't reused, a port is taken for a minute.
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
