import Model
import Runner
import Testing

@testable import concrun

/// The exit status of an experiment.
struct SessionReportTests {
  private func status(_ statuses: [TrialStatus], _ end: ExperimentRun.End) -> Int32 {
    let trials = statuses.map { status in
      var trial = Trial(
        cellID: "w/s", workload: "w", strategy: "s", levels: [], block: 1, position: 1, trial: 1, isWarmup: false,
        startedAt: "")
      trial.status = status
      return trial
    }
    let plan = Plan(experiment: "e", axes: [], cells: [])
    return SessionReport(plan: plan, trials: trials, path: "p", isQuiet: true).exitStatus(after: end)
  }

  @Test func everyEndHasItsStatus() {
    #expect(status([.ok, .ok], .completed(.trials)) == 0)
    #expect(status([], .completed(.budget)) == 0)
    for bad in TrialStatus.allCases where bad != .ok { #expect(status([.ok, bad], .completed(.max)) == 1) }
    #expect(status([.ok], .interrupted(signal: 2)) == 130)
    #expect(status([.failed], .interrupted(signal: 15)) == 143)
    #expect(status([.ok], .hookFailed("it broke")) == 69)
    #expect(status([.ok], .unavailable("it is gone")) == 69)
  }

  @Test func onlyACompleteRunHasAReason() {
    #expect(ExperimentRun.End.completed(.precision).stopReason == .precision)
    #expect(ExperimentRun.End.interrupted(signal: 2).stopReason == nil)
  }
}
