import Board
import Conversation
import Model
import Testing
import Time
import TimeLiterals

@testable import Runner

/// Trials that are run again: for the file's `retries`, after a disturbance, and on request.
struct AttemptTests {
  /// An executor that answers each attempt of a trial as the list says; later attempts are ok.
  private func executor(_ answers: [(TrialStatus, Disturbance?)], cell: Int = 1) -> FakeExecutor {
    var executor = FakeExecutor()
    var rest = answers
    executor.answer = { trial in
      let (status, disturbance) = trial.cell != cell || rest.isEmpty ? (.ok, nil) : rest.removeFirst()
      var hosted =
        status == .ok
        ? HostedTrial(.done(Done(wall: 5)), board: try fakeBoard(times: [1])) : HostedTrial(.crashed("it crashed"))
      hosted.disturbance = disturbance
      return hosted
    }
    return executor
  }

  private func plan(retries: Int, trials: Int = 1) -> Plan {
    var settings = settings(trials: trials)
    settings.retries = retries
    return fakePlan(cells: 3, settings: settings)
  }

  private func rows(_ trials: [Trial], of cell: Int = 1) -> [String] {
    trials.filter { $0.strategy == "s\(cell)" }.map { "\($0.attempt) \($0.status)\($0.isVoid ? " void" : "")" }
  }

  @Test(arguments: [
    (0, 1, ["1 crashed"]), (2, 1, ["1 crashed", "2 ok"]), (2, 2, ["1 crashed", "2 crashed", "3 ok"]),
    (2, 9, ["1 crashed", "2 crashed", "3 crashed"]),
  ])
  func aTrialThatIsNotOKIsRunAgain(retries: Int, failures: Int, expected: [String]) {
    var executor = executor(Array(repeating: (.crashed, nil), count: failures))
    let (trials, end) = run(plan(retries: retries), with: &executor)
    #expect(end == .completed(.trials))
    #expect(rows(trials) == expected)
    #expect(trials.lastAttempts().count == 3)
  }

  /// A stopped trial is never ok, and repeating it takes none of the retries.
  @Test func aDisturbanceIsNoAttempt() {
    let stopped: (TrialStatus, Disturbance?) = (.ok, .stopped(.milliseconds(2260)))
    var first = executor([stopped, (.crashed, nil), stopped])
    let (trials, end) = run(plan(retries: 1), with: &first)
    #expect(end == .completed(.trials))
    #expect(rows(trials) == ["1 failed void", "2 crashed", "3 failed void", "4 ok"])
    #expect(trials.first(where: \.isVoid)?.error == "it was stopped for 2.26 s; it is repeated")
  }

  @Test func aTrialThatIsStoppedAgainAndAgainFails() {
    var executor = executor(Array(repeating: (.ok, .stopped(.seconds(1))), count: 9))
    let (trials, end) = run(plan(retries: 5), with: &executor)
    #expect(end == .completed(.trials))
    // The last one counts, and gets the file's retries, which are stopped, too.
    #expect(rows(trials).prefix(4) == ["1 failed void", "2 failed void", "3 failed void", "4 failed"])
    #expect(trials.first { $0.attempt == 4 }?.error?.hasSuffix("it was repeated too often, and this counts") == true)
  }

  /// Without its server no trial can do anything: the run ends, and the trial is repeated when it goes on.
  @Test func anOriginThatDiesAgainAndAgainEndsTheRun() {
    let died: (TrialStatus, Disturbance?) = (.crashed, .originDied("the origin: it has ended"))
    var dying = executor(Array(repeating: died, count: 9))
    let plan = plan(retries: 0)
    let (trials, end) = run(plan, with: &dying)
    let reason = "the embedded server was lost while it ran: the origin: it has ended; it was repeated 3 times"
    #expect(end == .unavailable(reason))
    #expect(rows(trials) == ["1", "2", "3", "4"].map { "\($0) failed void" })

    var healthy = FakeExecutor()
    let rest = run(plan, with: &healthy, earlier: trials)
    #expect(rest.end == .completed(.trials))
    #expect(rows(rest.trials) == ["5 ok"])
    #expect((trials + rest.trials).lastAttempts().count == 3)
  }

  /// A run that is interrupted between two attempts goes on with the next one.
  @Test(arguments: 0...5)
  func attemptsSurviveAnInterruption(sitting: Int) {
    let plan = plan(retries: 2)
    let answers: [(TrialStatus, Disturbance?)] = [(.crashed, nil), (.ok, .stopped(.seconds(1))), (.crashed, nil)]
    var whole = executor(answers)
    let expected = run(plan, with: &whole).trials

    var first = executor(answers)
    first.interruptedAfter = sitting
    let before = run(plan, with: &first).trials
    var second = executor(Array(answers.dropFirst(before.count { $0.strategy == "s1" })))
    let after = run(plan, with: &second, earlier: before).trials
    #expect(before.count == sitting)
    #expect((before + after).map(\.cellID) == expected.map(\.cellID))
    #expect(rows(before + after) == rows(expected))
  }

  @Test func whatWasNotOKIsRunAgainOnRequest() {
    let plan = plan(retries: 1, trials: 2)
    var failing = executor(Array(repeating: (.crashed, nil), count: 4))
    let before = run(plan, with: &failing).trials
    #expect(rows(before) == ["1 crashed", "2 crashed", "1 crashed", "2 crashed"])

    var idle = FakeExecutor()
    #expect(run(plan, with: &idle, earlier: before).trials.isEmpty)
    var again = executor([(.crashed, nil)])
    let after = run(plan, with: &again, earlier: before, repeatsFailed: true).trials
    #expect(after.map { "\($0.strategy) \($0.block) \($0.attempt) \($0.status)" } == ["s1 1 3 crashed", "s1 2 3 ok"])
  }
}
