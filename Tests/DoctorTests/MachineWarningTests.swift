import OS
import Results
import Testing

@testable import Doctor

/// What a machine is warned of, on machines that are made up.
struct MachineWarningTests {
  private func warnings(_ edit: (inout Findings) -> Void) -> [MachineWarning] {
    var findings = goodMachine
    edit(&findings)
    return MachineWarning.all(findings)
  }

  @Test func nothingIsWrongWithAGoodMachine() {
    #expect(warnings { _ in } == [])
  }

  /// Where nothing is known, nothing is warned of.
  @Test func theUnknownIsNoWarning() {
    let unknown = warnings { findings in
      findings.cpuQuota = nil
      findings.frequency = CPUFrequency()
      findings.load = MachineLoad()
      findings.limits = Limits()
      findings.clock = ClockProbe(reading: 5e-6)
      findings.noise = .unknown("crashed")
    }
    #expect(unknown == [])
  }

  @Test(arguments: [(0.5, true), (1.99, true), (2, false), (8, false)])
  func aQuotaBelowTheCPUs(quota: Double, isLow: Bool) {
    #expect(warnings { $0.cpuQuota = quota } == (isLow ? [.cpuQuota(quota, cpus: 2)] : []))
  }

  @Test func frequencies() {
    #expect(warnings { $0.frequency.governors = ["userspace", "performance"] } == [])
    #expect(
      warnings { $0.frequency.governors = ["powersave", "performance", "ondemand"] }
        == [.governors(["ondemand", "powersave"])])
    #expect(warnings { $0.frequency.hasTurbo = true } == [.turbo])
  }

  @Test func others() {
    #expect(warnings { $0.load.otherCPUs = 0.09 } == [])
    #expect(warnings { $0.load.otherCPUs = 0.5 } == [.otherLoad(cpus: 0.5, average: 0.2)])
    #expect(warnings { $0.load.stolenShare = 0.009 } == [])
    #expect(warnings { $0.load.stolenShare = 0.25 } == [.stolenTime(0.25)])
  }

  @Test func lowLimits() {
    #expect(warnings { $0.limits.openFiles = 256 } == [.fewOpenFiles(256)])
    #expect(warnings { $0.limits.processes = Limit(70, "pids.max") } == [.fewProcesses(Limit(70, "pids.max"))])
    #expect(warnings { $0.limits.localPorts = 50000...50999 } == [.fewPorts(50000...50999)])
  }

  @Test func clocks() {
    #expect(warnings { $0.clock.source = "hpet" } == [.slowClock(source: "hpet", reading: 2e-8)])
  }
}

/// A machine that nothing is wrong with.
let goodMachine = Findings(
  measuredAt: "2026-11-22T08:15:00.000Z",
  machine: DoctorRecord.Machine(host: "h", cpuModel: "fast", effectiveCores: 2, kernel: "6.1", version: "0.1.0"),
  cpus: 2, frequency: CPUFrequency(governors: ["performance"], hasTurbo: false),
  load: MachineLoad(otherCPUs: 0.01, stolenShare: 0, loadAverage: 0.2, pressure: 0),
  limits: Limits(openFiles: 65536, processes: Limit(30_000, "kernel.pid_max"), localPorts: 32768...60999),
  clock: ClockProbe(resolution: 1e-9, smallestStep: 2e-8, reading: 2e-8, source: "tsc"),
  timers: TimerFindings(
    slack: 5e-5, late: TimerFindings.Lateness(p50: 6e-5, p99: 1e-4),
    lateInTrials: TimerFindings.Lateness(p50: 1e-5, p99: 5e-5)),
  noise: .unknown(""), trialSpawn: .measured(0.003), programSpawn: .measured(0.001), originCeiling: .measured(60_000))
