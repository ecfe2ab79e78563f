import Board
import Conversation
import Model
import Testing
import Time
import TimeLiterals

@testable import Runner

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
        .done(Done(wall: 1_000_000)), board: try fakeBoard(times: [1000]), observed: .seconds(seconds(trial)))
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
    first.answer = { _ in HostedTrial(.timedOut()) }
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
      return HostedTrial(.done(Done(wall: 1)), board: try fakeBoard(times: [1]), observed: .seconds(1))
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
