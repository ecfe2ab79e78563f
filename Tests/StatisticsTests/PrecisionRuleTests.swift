import Model
import Statistics
import Testing

@Suite struct PrecisionRuleTests {
  private func rule(_ cells: [Cell], target: Double = 0.05, measure: Measure = .wall) -> PrecisionRule {
    var rule = PrecisionRule(target: target, cells: cells.map { .init(id: $0.id, measure: measure) })
    for trial in cells.flatMap(\.trials) {
      rule.add(trial)
    }
    return rule
  }

  /// Of ten times, the second and the ninth bound the interval.
  @Test(arguments: [(0.94, 1.06, false), (0.96, 1.04, true), (0.5, 1.04, false)])
  func tenTimes(low: Double, high: Double, isPrecise: Bool) {
    let outcomes = [0.1, low, 1, 1, 1, 1, 1, 1, high, 9].map(Outcome.took)
    let rule = rule([Cell("threads", outcomes)])
    #expect(rule.isSatisfied == isPrecise)
    #expect(rule.wideCells.count == (isPrecise ? 0 : 1))
    if let wide = rule.wideCells.first { #expect(abs(wide.halfWidth - (high - low) / 2) < 1e-12) }
  }

  /// It is precise from the first number of trials on whose ranks leave the wide ones out: 12 has (3, 10).
  @Test func aCellThatBecomesPrecise() {
    let times = [0.5, 1, 1, 0.5, 1, 1, 1.5, 1, 1, 1.5, 1, 1, 1, 1]
    let precise = (1...times.count).filter { rule([Cell("threads", times.prefix($0).map(Outcome.took))]).isSatisfied }
    #expect(precise == [12, 13, 14])
  }

  @Test func everyCellMustBePrecise() {
    let good = Cell("threads", Array(repeating: 1.0, count: 10))
    let bad = Cell("async", [0.5, 0.5, 1, 1, 1, 1, 1, 1, 1.5, 1.5].map(Outcome.took))
    #expect(rule([good]).isSatisfied)
    #expect(rule([good, bad]).wideCells.map(\.id) == [bad.id])
  }

  @Test(arguments: 1...5) func fewTimesAreNotPrecise(count: Int) {
    let rule = rule([Cell("threads", Array(repeating: 1.0, count: count))])
    #expect(!rule.isSatisfied)
    #expect(rule.wideCells.map(\.halfWidth) == [.infinity])
    #expect(rule.blocksNeeded(after: count) == nil)
  }

  /// One timeout in ten is outside of the ranks, two are not.
  @Test(arguments: [(1, true), (2, false)]) func timeoutsAreInfinite(timeouts: Int, isPrecise: Bool) {
    let outcomes = Array(repeating: Outcome.took(1), count: 10 - timeouts) + Array(repeating: .timeout, count: timeouts)
    #expect(rule([Cell("threads", outcomes)]).isSatisfied == isPrecise)
    #expect(rule([Cell("threads", outcomes)]).blocksNeeded(after: 10) == (isPrecise ? 0 : .max))
  }

  @Test(arguments: TrialStatus.allCases.filter { $0 != .ok })
  func aCellWithoutAnOKTrialKeepsNobodyWaiting(status: TrialStatus) {
    let good = Cell("threads", Array(repeating: 1.0, count: 10))
    let bad = Cell("async", Array(repeating: .not(status), count: 10))
    #expect(rule([good, bad]).isSatisfied)
    #expect(rule([good, bad]).hopelessCells == [bad.id])
  }

  @Test func whatFailedAndWarmUpsDoNotCount() {
    let wide: [Outcome] = Array(repeating: 9.0, count: 10)
    let good: [Outcome] = Array(repeating: 1.0, count: 10)
    #expect(rule([Cell("threads", good, warmups: wide)]).isSatisfied)
    #expect(rule([Cell("threads", good + [.not(.failed), .not(.crashed), .not(.wrong)])]).isSatisfied)
    #expect(!rule([Cell("threads", Array(good.prefix(5)) + [.not(.failed)])]).isSatisfied)
  }

  @Test func whereTheScheduleDecidesResponsesCount() {
    var rule = PrecisionRule(target: 0.05, cells: [.init(id: "web/threads/max_workers=1", measure: .responseP99)])
    for (index, trial) in Cell("threads", Array(repeating: 1.0, count: 10)).trials.enumerated() {
      var trial = trial
      trial.measures[.responseP99] = Double(1 + index)
      rule.add(trial)
    }
    #expect(!rule.isSatisfied, "all wall times are the same, and the responses aren't")
  }

  /// Twice as wide as wanted takes four times as many.
  @Test func howManyItWillTake() {
    let outcomes = [0.1, 0.75, 1, 1, 1, 1, 1, 1, 1.25, 9].map(Outcome.took)
    #expect(rule([Cell("threads", outcomes)], target: 0.125).blocksNeeded(after: 10) == 40)
    #expect(rule([Cell("threads", outcomes)], target: 0.5).blocksNeeded(after: 10) == 3)
  }

  /// The other cell's worth is nothing to it: what is told apart already may still be measured badly.
  @Test func differencesAreNotLookedAt() {
    let noisy = [0.8, 0.8, 1, 1, 1, 1, 1, 1, 1.2, 1.2]
    let rule = rule([Cell("sync", noisy.map { .took($0 * 100) }), Cell("threads", noisy.map(Outcome.took))])
    #expect(rule.wideCells.count == 2)
  }
}
