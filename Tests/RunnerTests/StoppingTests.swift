import Board
import Conversation
import Model
import Statistics
import Testing
import Time
import TimeLiterals

@testable import Runner

/// What concrun injects.
private struct MedianRule: StoppingRule {
  var rule: PrecisionRule

  mutating func add(_ trial: Trial) { rule.add(trial) }
  var isSatisfied: Bool { rule.isSatisfied }
  func blocksNeeded(after blocks: Int) -> Int? { rule.blocksNeeded(after: blocks) }
}

struct StoppingTests {
  private func settings(max: Int = 50) -> RunSettings {
    var settings = RunnerTests.settings(trials: 10, warmup: 1)
    settings.precision = 0.05
    settings.maxTrials = max
    return settings
  }

  private func prefix(_ plan: Plan, blocks: Int) -> [ScheduledTrial] {
    Schedule(cellCount: plan.cells.count, settings: plan.settings).filter { $0.block <= blocks }
  }

  /// Four cells: 40 trials are ten blocks, 41 are in the eleventh, which is finished.
  @Test(arguments: [
    (0, 10, StopReason.precision), (40, 10, .precision), (41, 11, .precision), (52, 13, .precision),
    (200, 50, .precision), (201, 50, .max),
  ])
  func stopsAfterAWholeBlock(enough: Int, blocks: Int, reason: StopReason) {
    let plan = fakePlan(cells: 4, settings: settings())
    var executor = FakeExecutor()
    let (trials, end) = run(plan, with: &executor, rule: FakeRule(enough: enough))
    #expect(end == .completed(reason))
    #expect(executor.asked == prefix(plan, blocks: blocks))
    #expect(trials.filter { !$0.isWarmup }.count == 4 * blocks)
  }

  private static let even = Array(repeating: 1.0, count: 50)
  /// After 12 blocks the interval is [0.902, 1] and the median 0.975; after 13, it is 1.
  private static let settling =
    [0.902, 0.902, 0.902, 0.95, 0.95, 0.95] + Array(repeating: 1.0, count: 44)
  private static let restless = (0..<50).map { $0 % 2 == 0 ? 0.9 : 1.1 }

  /// The wall times of one cell, a block each; the other two are known at once.
  @Test(arguments: [
    (even, 10, StopReason.precision), (settling, 13, .precision), (restless, 50, .max),
  ])
  func stopsWhenTheSlowestToSettleIsKnown(times: [Double], blocks: Int, reason: StopReason) {
    let plan = fakePlan(cells: 3, settings: settings())
    var executor = FakeExecutor()
    executor.answer = { trial in
      let wall = trial.cell == 1 && !trial.isWarmup ? times[trial.block - 1] : 1
      return HostedTrial(.done(Done(wall: .seconds(wall))), board: try fakeBoard(times: [1000]))
    }
    let rule = PrecisionRule(target: 0.05, cells: plan.cells.map { .init(id: $0.id, measure: .wall) })
    #expect(run(plan, with: &executor, rule: MedianRule(rule: rule)).end == .completed(reason))
    #expect(executor.asked == prefix(plan, blocks: blocks))
  }

  @Test func aFixedNumberAsksNoRule() {
    var executor = FakeExecutor()
    let plan = fakePlan(cells: 4, settings: RunnerTests.settings(trials: 20))
    let (trials, end) = run(plan, with: &executor, rule: FakeRule(enough: 0))
    #expect(end == .completed(.trials))
    #expect(trials.count == 80)
  }

  /// Interrupted anywhere and gone on with, it ends where an uninterrupted run does, with the same trials in one order.
  @Test(arguments: [0, 1, 4, 23, 43, 44, 45, 50, 53, 55])
  func resumedIsTheSameAsUninterrupted(sitting: Int) {
    let plan = fakePlan(cells: 4, settings: settings())
    var whole = FakeExecutor()
    #expect(run(plan, with: &whole, rule: FakeRule(enough: 50)).end == .completed(.precision))
    #expect(whole.asked.count == 4 * 14)

    var first = FakeExecutor(interruptedAfter: sitting)
    let before = run(plan, with: &first, rule: FakeRule(enough: 50))
    #expect(before.end == .interrupted(signal: 2))
    var second = FakeExecutor()
    let rest = run(plan, with: &second, earlier: before.trials, rule: FakeRule(enough: 50))
    #expect(rest.end == .completed(.precision))
    #expect(first.asked + second.asked == whole.asked)
  }

  /// Killed before it could say that it had enough. Its hooks don't run for nothing.
  @Test(arguments: [(40, 10, StopReason.precision), (300, 12, .max)])
  func interruptedAfterTheLastBlockItHasEnough(enough: Int, max: Int, reason: StopReason) {
    var hooks = Hooks()
    hooks.commands = [.beforeRun: ["sh", "-c", "exit 2"]]
    let plan = fakePlan(cells: 4, settings: settings(max: max))
    var first = FakeExecutor()
    let trials = run(plan, with: &first, rule: FakeRule(enough: enough)).trials
    var second = FakeExecutor()
    let hooked = fakePlan(cells: 4, settings: settings(max: max), hooks: hooks)
    let rest = run(hooked, with: &second, earlier: trials, rule: FakeRule(enough: enough))
    #expect(rest.end == .completed(reason))
    #expect(second.asked.isEmpty)
  }

  /// More is asked for than what a whole run has: a larger maximum, more precision.
  @Test func aWholeRunGoesOnWhenMoreIsAskedFor() {
    let plan = fakePlan(cells: 4, settings: settings(max: 12))
    var first = FakeExecutor()
    let before = run(plan, with: &first, rule: FakeRule(enough: 60))
    #expect(before.end == .completed(.max))
    let longer = fakePlan(cells: 4, settings: settings(max: 20))
    var second = FakeExecutor()
    let after = run(longer, with: &second, earlier: before.trials, rule: FakeRule(enough: 60))
    #expect(after.end == .completed(.precision))
    #expect(first.asked + second.asked == prefix(longer, blocks: 15))
  }

  /// A block that was begun is finished, even where less is asked for now; and what is missing in an earlier one is run.
  @Test func noBlockIsLeftHalf() {
    let plan = fakePlan(cells: 4, settings: settings())
    var first = FakeExecutor(interruptedAfter: 4 + 48 + 2)
    var before = run(plan, with: &first, rule: FakeRule(enough: 200)).trials
    before.remove(at: 20)
    var second = FakeExecutor()
    let rest = run(plan, with: &second, earlier: before, rule: FakeRule(enough: 0))
    #expect(rest.end == .completed(.precision))
    let whole = prefix(plan, blocks: 13)
    #expect(second.asked == [whole[20]] + whole[54...])
  }
}
