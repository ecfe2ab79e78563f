import Model
import Results
import Statistics
import Testing

@testable import OriginControl

/// The counts of the server beside those of its clients.
struct OriginAuditTests {
  private func trial(_ cell: Int = 0, failed: Int = 0, status: TrialStatus = .ok) -> Trial {
    var trial = Trial(
      cellID: "w\(cell)/sync", workload: "w\(cell)", strategy: "sync", levels: [], workers: 1, block: 1, position: 1,
      trial: 1, isWarmup: false, startedAt: "")
    trial.status = status
    trial.tasks = 10
    trial.tasksOK = 10 - failed
    trial.tasksFailed = failed
    trial.bytes = 1000
    return trial
  }

  private func report(
    requests: Int = 10, bytes: Int = 1000, atOnce: Int = 1, cpu: Double = 0.01, elapsed: Double = 1
  ) -> OriginReport {
    OriginReport(
      requests: requests, bytes: bytes, connections: 1, mostAtOnce: atOnce, cpuSeconds: cpu, elapsedSeconds: elapsed)
  }

  @Test func equalCountsAreReconciled() {
    var audit = OriginAudit(downloadPlan(["${origin}/a"], cells: 2))
    audit.add(report(), trial(1))
    audit.add(report(), trial(0))
    audit.add(report(), trial(0))
    #expect(audit.reconciliation?.map(\.cellID) == ["w1/sync", "w0/sync"])
    #expect(audit.reconciliation?.last?.trials == 2)
    #expect(audit.reconciliation?.last?.requests.origin == 20)
    #expect(audit.reconciliation?.last?.requests.clients == 20)
    #expect(audit.warnings == [])
  }

  @Test func anotherCountIsAWarning() {
    var audit = OriginAudit(downloadPlan(["${origin}/a"]))
    audit.add(report(requests: 11), trial())
    #expect(
      audit.warnings == [.originDiffers(["w0/sync"], "block 1, trial 1: 11 requests came in, 10 were made")])
  }

  /// A secret in a body counts as it is sent.
  @Test func bodiesOfRequestsAreReconciled() {
    var plan = downloadPlan(["${origin}/a"])
    plan.secrets.add(variable: "T", text: "four")
    plan.cells[0].workloadPlugin?.parameters["body"] = .string("t=${env:T}")
    var audit = OriginAudit(plan)
    var report = report()
    report.received = 60
    audit.add(report, trial())
    #expect(audit.reconciliation?.first?.received?.origin == 60)
    #expect(audit.reconciliation?.first?.received?.clients == 60)
    #expect(audit.warnings == [])
    report.received = 59
    audit.add(report, trial())
    #expect(
      audit.warnings == [
        .originDiffers(
          ["w0/sync"], "block 1, trial 1: 59 bytes came in with requests, 60 were sent with them")
      ])
  }

  /// The port isn't known to the plan, so the length of such a body isn't either.
  @Test func aBodyWithTheURLOfTheServer() {
    var plan = downloadPlan(["${origin}/a"])
    plan.cells[0].workloadPlugin?.parameters["body"] = .string("to=${origin}")
    var audit = OriginAudit(plan)
    var report = report()
    report.received = 240
    audit.add(report, trial())
    #expect(audit.reconciliation?.first?.received?.origin == 240)
    #expect(audit.reconciliation?.first?.received?.clients == nil)
    plan.cells[0].workloadPlugin?.parameters["body"] = .string("to=$${origin}")
    audit = OriginAudit(plan)
    report.received = 120
    audit.add(report, trial())
    #expect(audit.reconciliation?.first?.received?.clients == 120)
    #expect(audit.warnings == [])
  }

  /// Of a trial with failures, one side may rightly know more.
  @Test func failuresAreNotReconciled() {
    var audit = OriginAudit(downloadPlan(["${origin}/a"]))
    audit.add(report(requests: 11), trial(failed: 1))
    audit.add(report(requests: 3), trial(status: .timeout))
    audit.add(nil, trial(failed: 1))
    #expect(audit.reconciliation == nil)
    #expect(audit.warnings == [])
  }

  @Test func aSilentServerIsAWarning() {
    var audit = OriginAudit(downloadPlan(["${origin}/a"]))
    audit.add(nil, trial())
    audit.add(nil, trial())
    #expect(audit.warnings == [.originSilent(trials: 2)])
  }

  @Test(arguments: [(0.95, 1.0, true), (0.85, 1.0, false), (0.049, 0.04, false)])
  func aBusyServerIsAWarning(cpu: Double, elapsed: Double, isLimit: Bool) {
    var audit = OriginAudit(downloadPlan(["${origin}/a"]))
    audit.add(report(cpu: cpu, elapsed: elapsed), trial())
    #expect(audit.warnings == (isLimit ? [.originSaturated(["w0/sync"])] : []))
  }

  /// Two threads can use twice the time.
  @Test func threadsAddUp() {
    var audit = OriginAudit(downloadPlan(["${origin}/a"], origin: ["threads": .integer(2)]))
    audit.add(report(cpu: 0.95), trial())
    #expect(audit.warnings == [])
  }

  @Test func requestsOfOthersAreNotCompared() {
    var audit = OriginAudit(downloadPlan(["${origin}/a", "http://example.com/"]))
    audit.add(report(requests: 5), trial())
    #expect(audit.warnings == [])
    #expect(audit.reconciliation?.first?.requests.clients == nil)
  }

  @Test func cellsWithoutTheServerDoNotCount() {
    var audit = OriginAudit(downloadPlan(["http://example.com/"], origin: nil))
    audit.add(nil, trial())
    #expect(audit.warnings == [])
    #expect(audit.reconciliation == nil)
  }
}
