import Model
import Reports
import Runs
import Statistics
import Testing

/// Single sentences about a run.
struct SentenceTests {
  // MARK: - Why it ended

  private func rule(target: Double, times: [Double]) -> PrecisionRule {
    var rule = PrecisionRule(target: target, cells: [.init(id: "w/s", measure: .wall)])
    for (index, time) in times.enumerated() {
      var trial = Trial(
        cellID: "w/s", workload: "w", strategy: "s", levels: [], block: index + 1, position: 1, trial: index + 1,
        isWarmup: false, startedAt: "")
      trial.measures[.wall] = time
      rule.add(trial)
    }
    return rule
  }

  private func stop(_ reason: StopReason, target: Double? = 0.05, times: [Double] = [], budget: Double? = nil)
    -> String?
  {
    var settings = RunSettings()
    settings.precision = target
    settings.budget = budget
    let rule = target.map { self.rule(target: $0, times: times) }
    return StopSentence(settings: settings, blocks: 12, rule: rule).text(reason)
  }

  private static let steady = (0..<12).map { 1 + 0.001 * Double($0) }

  @Test func aFixedNumberNeedsNoWords() {
    #expect(stop(.trials) == nil)
    #expect(stop(.precision, target: nil) == nil)
  }

  @Test func precisionIsSaidWithItsAim() {
    let text = stop(.precision, times: Self.steady)
    #expect(text == "stopped after 12 blocks: half the width of every cell's 95 % CI is at most 5 %")
  }

  @Test func theWidestCellIsNamed() {
    let wide = (0..<12).map { 1 + 0.1 * Double($0) }
    #expect(
      stop(.max, times: wide)?.hasPrefix("stopped at 12 blocks: 1 cell is still wider than ±5 % (widest: w/s, ±")
        == true)
    #expect(stop(.max, times: [1, 1])?.contains("without an upper end") == true)
  }

  @Test func cellsWithoutATrialThatIsOKAreCounted() {
    #expect(stop(.precision)?.hasSuffix(", but for 1 cell without a trial that is ok") == true)
  }

  @Test func theBudgetIsSaid() {
    #expect(stop(.budget, budget: 600) == "stopped after 12 blocks: the budget of 10 min is spent")
    #expect(stop(.budget) == nil)
  }

  // MARK: - What should be known before the numbers

  @Test(arguments: [
    (RunRemark.unreadableManifest, "its manifest.json is of another version: not read"),
    (.incomplete(state: "interrupted by SIGINT", trials: 1), "interrupted by SIGINT after 1 trial"),
    (.cutShort, "its last line is cut short"),
    (.severalHosts(["a", "b"]), "trials of different machines: a, b"),
    (.of(path: "results/e", .cutShort), "results/e: its last line is cut short"),
  ])
  func remarks(remark: RunRemark, text: String) {
    #expect(remark.text == text)
  }
}
