package import Model
internal import OS
package import Time

/// The run of a plan: it runs the scheduled trials in order, and reports each.
package struct ExperimentRun {
  /// A report to the observer of a run.
  package enum Event: Sendable {
    case trialStarted(Progress)
    case trialEnded(Trial, Progress)
  }

  /// The state of a run before or after a trial.
  package struct Progress: Sendable {
    /// The cell of the trial.
    package var cell: Cell
    /// The trial's place in the schedule.
    package var scheduled: ScheduledTrial
    /// The number of the attempt, from 1.
    package var attempt: Int
    /// A Boolean value that is true if the attempt has ended, and another one follows.
    package var isRepeated = false
    /// The number of trials of the whole run that are done, those of earlier sittings included.
    package var done: Int
    /// The number of trials of the whole run; `nil` if it depends on the measured precision.
    package var total: Int?
    /// The number of trials so far whose status isn't ok.
    package var notOK: Int
    /// The number of blocks that the whole run is expected to have, if the budget allows it.
    package var expectedBlocks: Int
    /// The expected time of the rest, in seconds, at most the rest of the budget; `nil` before the first trial.
    package var rest: Double?
  }

  /// The way a run ended.
  package enum End: Hashable, Sendable {
    case completed(StopReason)
    case interrupted(signal: Int32)
    /// A hook of the run itself failed: nothing was measured, or its clean-up is missing.
    case hookFailed(String)
    /// A thing that trials need is gone. The rest can be run later.
    case unavailable(String)
  }

  private let bound: BoundPlan
  private var plan: Plan { bound.plan }
  private let assessment: Assessment
  private let hooks: HookRunner
  private let interrupts: InterruptSource
  private let facts: [String: String]
  /// The attempts of earlier sittings.
  private let earlier: [Trial]
  private let repeatsFailed: Bool
  private let rule: (any StoppingRule)?
  private let clock: () -> Instant

  /// Takes a plan and the run's surroundings.
  ///
  /// - Parameters:
  ///   - effectiveCores: the CPUs that trials can use.
  ///   - environment: that of hooks; the file's `env` is added.
  ///   - facts: facts about the run that hooks get as environment variables.
  ///   - hookLog: the file for the output of hooks, and of processes that they leave running.
  ///   - earlier: all attempts of earlier sittings.
  ///   - repeatsFailed: whether trials of earlier sittings that aren't ok in the end are run again.
  ///   - rule: decides when the run is as precise as the plan asks for.
  ///   - clock: returns the time, for the budget and estimates.
  package init(
    plan bound: BoundPlan, effectiveCores: Double, environment: [String: String], facts: [String: String],
    interrupts: InterruptSource, hookLog: String? = nil, earlier: [Trial] = [], repeatsFailed: Bool = false,
    rule: (any StoppingRule)? = nil, clock: @escaping () -> Instant = MonotonicClock.now
  ) {
    self.bound = bound
    let plan = bound.plan
    assessment = Assessment(plan: plan, effectiveCores: effectiveCores)
    hooks = HookRunner(
      hooks: plan.hooks, environment: environment.merging(plan.environment) { $1 }, timeout: plan.settings.timeout,
      interrupts: interrupts, log: hookLog, secrets: plan.secrets)
    self.interrupts = interrupts
    self.facts = facts
    self.earlier = earlier
    self.repeatsFailed = repeatsFailed
    self.rule = rule
    self.clock = clock
  }

  /// Runs every scheduled trial that earlier sittings didn't, until the run has enough.
  ///
  /// - Parameters:
  ///   - record: keeps a trial, and the evidence that it wants. An error that it throws ends the run.
  ///   - observe: receives every event.
  /// - Throws: the error of `record`.
  package func run<Failure: Error>(
    with executor: inout some TrialExecutor, record: (Trial, HostedTrial) throws(Failure) -> Void,
    observe: (Event) -> Void
  ) throws(Failure) -> End {
    let start = clock()
    let elapsed = { (clock() - start).seconds }
    var course = Course(plan: plan, rule: rule, earlier: earlier, repeatsFailed: repeatsFailed)
    let first = course.next(elapsed: 0)
    // A run that was killed after its last trial was recorded has nothing left to do.
    if case .end(let reason) = first { return .completed(reason) }
    var end: End
    if let failure = attempt(.beforeRun) {
      end = failure
    } else {
      do throws(Failure) {
        end = try runTrials(
          first, of: &course, elapsed: elapsed, with: &executor, record: record, observe: observe)
      } catch {
        _ = attempt(.afterRun)
        throw error
      }
    }
    // Once `before_run` was attempted, `after_run` runs, whatever happened between.
    let after = attempt(.afterRun)
    if case .completed = end, let after { end = after }
    return end
  }

  private func attempt(_ moment: Hooks.Moment) -> End? {
    do throws(Interruption) {
      return try hooks.run(moment, facts: facts).map { .hookFailed($0) }
    } catch {
      return .interrupted(signal: error.signal)
    }
  }

  private func runTrials<Failure: Error>(
    _ first: Course.Step, of course: inout Course, elapsed: () -> Double, with executor: inout some TrialExecutor,
    record: (Trial, HostedTrial) throws(Failure) -> Void, observe: (Event) -> Void
  ) throws(Failure) -> End {
    var checksums = KnownChecksums(plan: plan)
    for trial in earlier {
      checksums.learn(from: trial)
    }
    var expectedBlocks = course.expectedBlocks
    var estimate = TimeEstimate(remaining: remainingTrials(in: expectedBlocks, finished: course.finished))
    var rest: Double? { estimate.rest.map { min($0, course.budgetLeft(elapsed: elapsed()) ?? $0) } }
    var step = first
    var done = course.finished.count
    var notOK = course.finished.count { $0.status != .ok }

    while case .trial(let scheduled) = step {
      let start = clock()
      var attempts = Attempts(retries: plan.settings.retries, earlier: course.attempts(of: scheduled))
      var progress = Progress(
        cell: plan.cells[scheduled.cell], scheduled: scheduled, attempt: attempts.next, done: done,
        total: plan.trialCounts.count == 1 ? plan.trialCount : nil, notOK: notOK,
        expectedBlocks: expectedBlocks, rest: rest)
      var trial: Trial
      repeat {
        progress.attempt = attempts.next
        progress.isRepeated = false
        observe(.trialStarted(progress))
        let hosted: HostedTrial
        do throws(Interruption) {
          try interrupts.check()
          (trial, hosted) = try attempt(
            attempts, of: scheduled, with: &executor, expected: checksums.expected(for: scheduled.cell))
        } catch {
          return .interrupted(signal: error.signal)
        }
        if case .unavailable(let reason) = hosted.end { return .unavailable(plan.secrets.masked(reason)) }
        checksums.learn(from: trial)
        try record(trial, hosted)
        if trial.isVoid, !attempts.allowsRepeat { return .unavailable(trial.error ?? "") }
        progress.isRepeated = attempts.add(trial)
        if progress.isRepeated { observe(.trialEnded(trial, progress)) }
      } while progress.isRepeated
      let seconds = (clock() - start).seconds
      course.add(trial, seconds: seconds)
      estimate.add(seconds, cell: scheduled.cell)
      done += 1
      notOK += trial.status == .ok ? 0 : 1
      progress.done = done
      progress.notOK = notOK
      step = course.next(elapsed: elapsed())
      estimate.extend(by: course.expectedBlocks - expectedBlocks)
      expectedBlocks = course.expectedBlocks
      progress.expectedBlocks = expectedBlocks
      progress.rest = rest
      observe(.trialEnded(trial, progress))
    }
    guard case .end(let reason) = step else { preconditionFailure("a trial that is next is run") }
    return .completed(reason)
  }

  /// Returns the number of trials that each cell still needs, if the run has this many blocks.
  private func remainingTrials(in blocks: Int, finished: [Trial]) -> [Int] {
    let done = Dictionary(grouping: finished.filter { $0.block <= blocks }, by: \.cellID).mapValues(\.count)
    return plan.cells.map { max(0, plan.settings.warmup + blocks - (done[$0.id] ?? 0)) }
  }

  /// Runs the next attempt of a trial and its hooks.
  private func attempt(
    _ attempts: Attempts, of scheduled: ScheduledTrial, with executor: inout some TrialExecutor, expected: String?
  ) throws(Interruption) -> (Trial, HostedTrial) {
    let startedAt = WallClock.now().iso8601
    let cell = plan.cells[scheduled.cell]
    let facts = facts.merging([
      "CONCRUN_CELL_ID": cell.id, "CONCRUN_WORKLOAD": cell.workload, "CONCRUN_STRATEGY": cell.strategy,
      "CONCRUN_BLOCK": String(scheduled.block), "CONCRUN_TRIAL": String(scheduled.trial),
    ]) { $1 }
    let hosted: HostedTrial
    do throws(Interruption) {
      if let reason = try hooks.run(.beforeTrial, of: cell, facts: facts) {
        hosted = HostedTrial(.notStarted(reason))
      } else {
        hosted = try executor.execute(scheduled, attempt: attempts.next)
      }
    } catch {
      _ = try? hooks.run(.afterTrial, of: cell, facts: facts)
      throw error
    }
    var trial = assessment.trial(
      scheduled, attempt: attempts.next, startedAt: startedAt, hosted: hosted, expected: expected)
    settle(hosted.disturbance, attempts, in: &trial)
    if let reason = try hooks.run(.afterTrial, of: cell, facts: facts), trial.status == .ok {
      trial.status = .failed
      trial.error = reason
    }
    return (trial, hosted)
  }
  /// Writes into the row of a disturbed trial whether it is repeated.
  ///
  /// If a trial is stopped again and again, its last attempt counts as it is. Without its server no trial can do
  /// anything, so the run ends then, and a later sitting repeats the trial.
  private func settle(_ disturbance: Disturbance?, _ attempts: Attempts, in trial: inout Trial) {
    guard let disturbance else { return }
    let reason = trial.error ?? ""
    switch disturbance {
    case .stopped where !attempts.allowsRepeat: trial.error = "\(reason); it was repeated too often, and this counts"
    case .originDied where !attempts.allowsRepeat:
      trial.isVoid = true
      trial.error = "\(reason); it was repeated \(Attempts.mostRepeats) times"
    case .stopped, .originDied:
      trial.isVoid = true
      trial.error = "\(reason); it is repeated"
    }
  }
}
