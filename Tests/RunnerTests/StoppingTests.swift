import Board
import Conversation
import Model
import Testing

@testable import Runner

/// Satisfied from some number of measured trials on.
private struct FakeRule: StoppingRule {
  var enough: Int
  var needed: Int?
  private var measured = 0

  init(enough: Int, needed: Int? = nil) {
    self.enough = enough
    self.needed = needed
  }

  mutating func add(_ trial: Trial) { measured += trial.isWarmup ? 0 : 1 }
  var isSatisfied: Bool { measured >= enough }
  func blocksNeeded(after blocks: Int) -> Int? { needed }
}

struct StoppingTests {
  private func settings(max: Int = 50, budget: Double? = nil, warmup: Int = 1) -> RunSettings {
    var settings = RunnerTests.settings(trials: 10, warmup: warmup)
    settings.precision = 0.05
    settings.maxTrials = max
    settings.budget = budget
    return settings
  }

  /// Every trial takes so many seconds.
  private func executor(_ clock: FakeClock, seconds: Double) -> FakeExecutor {
    var executor = FakeExecutor()
    executor.answer = { _ in
      clock.pass(seconds: seconds)
      return HostedTrial(.done(Done(wallNs: 1_000_000)), board: try fakeBoard(times: [1000]), observed: seconds)
    }
    return executor
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

/// Time is what a fake clock says.
struct BudgetTests {
  private func plan(trials: Int = 10, budget: Double, warmup: Int = 1) -> Plan {
    var settings = settings(trials: trials, warmup: warmup)
    settings.budget = budget
    return fakePlan(cells: 4, settings: settings)
  }

  private func executor(_ clock: FakeClock, seconds: @escaping (ScheduledTrial) -> Double) -> FakeExecutor {
    var executor = FakeExecutor()
    executor.answer = { trial in
      clock.pass(seconds: seconds(trial))
      return HostedTrial(
        .done(Done(wallNs: 1_000_000)), board: try fakeBoard(times: [1000]), observed: seconds(trial))
    }
    return executor
  }

  /// Blocks of 4 s after a warm-up of 4 s.
  @Test(arguments: [
    (0.5, 1, StopReason.budget), (8, 1, .budget), (11.5, 1, .budget), (12, 2, .budget), (43.5, 9, .budget),
    (44, 10, .trials), (1000, 10, .trials),
  ])
  func noBlockIsBegunThatDoesNotFit(budget: Double, blocks: Int, reason: StopReason) {
    let clock = FakeClock()
    var executor = executor(clock) { _ in 1 }
    let (trials, end) = run(plan(budget: budget), with: &executor, clock: clock)
    #expect(end == .completed(reason))
    #expect(trials.count == 4 * (blocks + 1))
  }

  /// By the mean of those so far: 4, 8, 12 … seconds; after three blocks of 24 s the next one should take 8.
  @Test(arguments: [(31.5, 3), (32, 4)])
  func theMeanOfTheBlocksSaysWhatFits(budget: Double, blocks: Int) {
    let clock = FakeClock()
    var executor = executor(clock) { Double($0.block) }
    let (trials, end) = run(plan(budget: budget, warmup: 0), with: &executor, clock: clock)
    #expect(end == .completed(.budget))
    #expect(trials.count == 4 * blocks)
  }

  @Test func whatEarlierSittingsTookIsSpent() {
    let clock = FakeClock()
    var first = executor(clock) { _ in 1 }
    first.interruptedAfter = 14
    let before = run(plan(budget: 25), with: &first, clock: clock).trials
    let later = FakeClock()
    var second = executor(later) { _ in 1 }
    let rest = run(plan(budget: 25), with: &second, earlier: before, clock: later)
    #expect(rest.end == .completed(.budget))
    #expect(before.count + rest.trials.count == 4 * 6)
  }

  /// What was killed has no measured time: it is the time limit's.
  @Test func timeoutsOfEarlierSittingsAreSpent() {
    let clock = FakeClock()
    var first = executor(clock) { _ in 1 }
    first.answer = { _ in HostedTrial(.timedOut) }
    first.interruptedAfter = 8
    let before = run(plan(budget: 1000), with: &first, clock: clock).trials
    var second = FakeExecutor()
    let rest = run(plan(budget: 500), with: &second, earlier: before, clock: clock)
    #expect(rest.end == .completed(.budget), "eight trials of 60 s")
    #expect(rest.trials.isEmpty)
  }

  @Test func precisionComesFirst() {
    var settings = settings(trials: 10)
    (settings.precision, settings.maxTrials, settings.budget) = (0.05, 50, 40)
    let clock = FakeClock()
    var executor = executor(clock) { _ in 1 }
    let end = run(fakePlan(cells: 4, settings: settings), with: &executor, rule: FakeRule(enough: 40), clock: clock).end
    #expect(end == .completed(.precision))
  }
}

/// What the user is told of the time to go.
struct ExpectationTests {
  private func rests(needed: Int?, max: Int = 50, budget: Double? = nil) -> [Double] {
    var settings = settings(trials: 10)
    (settings.precision, settings.maxTrials, settings.budget) = (0.05, max, budget)
    let clock = FakeClock()
    var executor = FakeExecutor()
    executor.answer = { _ in
      clock.pass(seconds: 1)
      return HostedTrial(.done(Done(wallNs: 1)), board: try fakeBoard(times: [1]), observed: 1)
    }
    var rests: [Double] = []
    _ = run(
      fakePlan(cells: 2, settings: settings), with: &executor, rule: FakeRule(enough: 24, needed: needed), clock: clock
    ) { event in
      guard case .trialEnded(_, let progress) = event else { return }
      #expect(progress.total == nil)
      rests.append(progress.rest ?? .nan)
    }
    return rests
  }

  @Test func theRestIsOfTheBlocksThatItWillTake() {
    #expect(rests(needed: nil).prefix(3) == [19, 18, 17], "nothing is known yet: the least")
    #expect(rests(needed: 30).prefix(3) == [19, 58, 57], "after the first block")
    #expect(rests(needed: 1000)[1] == 98, "not more than the most")
    #expect(rests(needed: 3)[1] == 18, "not fewer than the least")
    #expect(rests(needed: 3).suffix(5) == [2, 1, 2, 1, 0], "and at least one more, while it goes on")
  }

  @Test func theBudgetIsAllThatIsLeft() {
    #expect(rests(needed: 30, budget: 30).prefix(3) == [19, 28, 27])
  }
}
