import Doctor
import OS
import Reports
import Results
import TestFiles
import Testing

/// The findings of `doctor`, on a machine that is made up.
struct DoctorReportTests {
  private func findings(_ edit: (inout Findings) -> Void = { _ in }) -> Findings {
    let medians = (0..<6).map { DoctorRecord.Median(at: "2026-11-2\($0 % 2)", work: "w", seconds: 0.001) }
    var findings = Findings(
      measuredAt: "2026-11-22T08:15:00.000Z",
      machine: DoctorRecord.Machine(host: "h", cpuModel: "fast", effectiveCores: 2, kernel: "6.1", version: "0.1.0"),
      cpus: 2, frequency: CPUFrequency(governors: ["performance"], hasTurbo: false),
      load: MachineLoad(otherCPUs: 0.01, stolenShare: 0, loadAverage: 0.2, pressure: 0),
      limits: Limits(openFiles: 65536, processes: Limit(30_000, "kernel.pid_max"), localPorts: 32768...60999),
      clock: ClockProbe(resolution: 1e-9, smallestStep: 2e-8, reading: 2e-8, source: "tsc"),
      timers: TimerFindings(slack: 5e-5, late: .init(p50: 6e-5, p99: 1e-4), lateInTrials: .init(p50: 1e-5, p99: 5e-5)),
      noise: .measured(
        NoiseFindings(
          withinRun: 0.025, betweenRuns: 0.19, detectable: [10: 0.044, 30: 0.023], medians: medians, newRuns: 3)),
      trialSpawn: .measured(0.003), programSpawn: .measured(0.001), originCeiling: .measured(60_000))
    edit(&findings)
    return findings
  }

  private func nothingKnown(_ findings: inout Findings) {
    findings.machine.cpuModel = nil
    findings.cpuQuota = 1.5
    findings.frequency = CPUFrequency()
    findings.load = MachineLoad()
    findings.limits = Limits()
    findings.clock = ClockProbe(reading: 5e-6)
    findings.noise = .unknown("crashed: why")
    findings.trialSpawn = .unknown("no trial ended")
    findings.programSpawn = .unknown("it never ended")
    findings.originCeiling = .unknown("no rate was measured")
  }

  @Test func aMachineThatIsKnown() throws {
    let report = DoctorReport(findings(), warnings: [.turbo])
    #expect(try report.text == golden("doctor.txt", report.text))
    let json = try JSONText.pretty(report.json)
    #expect(try json == golden("doctor.json", json))
  }

  @Test func aMachineOfWhichNothingIsKnown() throws {
    let report = DoctorReport(findings(nothingKnown), warnings: [])
    #expect(try report.text == golden("doctor_unknown.txt", report.text))
    let json = try JSONText.pretty(report.json)
    #expect(try json == golden("doctor_unknown.json", json))
  }
}
