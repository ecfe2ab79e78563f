import Board
import Conversation
import Model
import Testing
import Time
import TimeLiterals

@testable import Runner

struct ExperimentRunTests {
  @Test func runsWhatIsScheduled() {
    let plan = fakePlan(cells: 4, settings: settings(trials: 3, warmup: 1))
    var executor = FakeExecutor()
    let (trials, end) = run(plan, with: &executor)
    #expect(end == .completed(.trials))
    #expect(executor.asked == Array(Schedule(cellCount: 4, settings: plan.settings)))
    #expect(trials.map(\.cellID) == executor.asked.map { plan.cells[$0.cell].id })
    #expect(trials.allSatisfy { $0.status == .ok && $0.attempt == 1 })
    #expect(trials.filter(\.isWarmup).count == 4)
  }

  /// Interrupted anywhere and gone on with, a run has the trials of an uninterrupted one, in the same order.
  @Test(arguments: [0, 1, 5, 11, 15])
  func resumedIsTheSameAsUninterrupted(sitting: Int) {
    let plan = fakePlan(cells: 4, settings: settings(trials: 3, warmup: 1))
    var executor = FakeExecutor(interruptedAfter: sitting)
    let first = run(plan, with: &executor)
    #expect(first.end == .interrupted(signal: 2))
    #expect(first.trials.count == sitting)
    var second = FakeExecutor()
    let rest = run(plan, with: &second, earlier: first.trials)
    #expect(rest.end == .completed(.trials))
    #expect(executor.asked + second.asked == Array(Schedule(cellCount: 4, settings: plan.settings)))
  }

  @Test func aFailureIsARowAndTheRunGoesOn() {
    var executor = FakeExecutor()
    executor.answer = { trial in
      if trial.cell == 1 { return HostedTrial(.crashed("trial process: killed by SIGSEGV")) }
      return HostedTrial(.done(Done(wall: 5)), board: try fakeBoard(times: [1]))
    }
    let (trials, end) = run(fakePlan(cells: 3, settings: settings(trials: 2)), with: &executor)
    #expect(end == .completed(.trials))
    #expect(trials.count == 6)
    #expect(trials.filter { $0.status == .crashed }.count == 2)
    #expect(trials.filter { $0.status == .crashed }.allSatisfy { $0.error == "trial process: killed by SIGSEGV" })
  }

  @Test func aChecksumThatDiffersFromTheFirstIsWrong() {
    var executor = FakeExecutor()
    executor.answer = { trial in
      let sum = trial.cell == 2 ? "0000000000000002" : "0000000000000001"
      return HostedTrial(.done(Done(wall: 5, checksum: sum)), board: try fakeBoard(times: [1]))
    }
    let plan = fakePlan(cells: 3, settings: settings(trials: 4, seed: 3))
    let (trials, _) = run(plan, with: &executor)
    let first = trials[0].checksum
    #expect(trials.allSatisfy { ($0.checksum == first) == ($0.status == .ok) })
    #expect(trials.contains { $0.status == .wrong })
  }

  @Test func aCellHasHooksAndAnEnvironmentOfItsOwn() {
    var hooks = Hooks()
    hooks.commands = [.beforeTrial: ["sh", "-c", "echo all: $A >&2; exit 4"]]
    var plan = fakePlan(cells: 3, settings: settings(trials: 1), hooks: hooks)
    plan.environment = ["A": "of all"]
    plan.cells[1].environment = ["A": "mine"]
    plan.cells[2].hooks.commands = [.beforeTrial: ["sh", "-c", "echo own: $A >&2; exit 4"]]
    var executor = FakeExecutor()
    let (trials, _) = run(plan, with: &executor)
    let errors = Dictionary(uniqueKeysWithValues: trials.map { ($0.strategy, $0.error ?? "") })
    #expect(
      errors == [
        "s0": "hook before_trial: exit status 4: all: of all", "s1": "hook before_trial: exit status 4: all: mine",
        "s2": "hook before_trial: exit status 4: own: of all",
      ])
  }

  @Test func hooksRunAroundTrials() {
    var hooks = Hooks()
    hooks.commands = [.beforeTrial: ["sh", "-c", "test $CONCRUN_STRATEGY != s1 || { echo not s1 >&2; exit 4; }"]]
    var executor = FakeExecutor()
    let (trials, end) = run(fakePlan(cells: 3, settings: settings(trials: 1), hooks: hooks), with: &executor)
    #expect(end == .completed(.trials))
    #expect(executor.asked.count == 2, "a trial whose hook failed isn't run")
    #expect(trials.first { $0.strategy == "s1" }?.error == "hook before_trial: exit status 4: not s1")
    #expect(trials.first { $0.strategy == "s1" }?.status == .failed)
  }

  @Test(arguments: [(Hooks.Moment.beforeRun, 0), (.afterRun, 3)])
  func aFailingHookOfTheRunEndsIt(moment: Hooks.Moment, trials: Int) {
    var hooks = Hooks()
    hooks.commands = [moment: ["sh", "-c", "exit 2"]]
    var executor = FakeExecutor()
    let result = run(fakePlan(cells: 3, settings: settings(trials: 1), hooks: hooks), with: &executor)
    #expect(result.end == .hookFailed("hook \(moment.rawValue): exit status 2"))
    #expect(result.trials.count == trials)
  }

  @Test func aHangingHookIsKilled() {
    var hooks = Hooks()
    hooks.commands = [.beforeRun: ["sleep", "60"]]
    var settings = settings(trials: 1)
    settings.timeout = 0.05
    var executor = FakeExecutor()
    let result = run(fakePlan(settings: settings, hooks: hooks), with: &executor)
    #expect(result.end == .hookFailed("hook before_run: not done after 0.05 s"))
  }
}
