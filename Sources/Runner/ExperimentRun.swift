package import Model
internal import OS
package import Time

/// Plan → trials: runs what is scheduled, in order, and tells of each.
package struct ExperimentRun {
  package enum Event: Sendable {
    case trialStarted(Progress)
    case trialEnded(Trial, Progress)
  }

  /// Where the run is.
  package struct Progress: Sendable {
    package var cell: Cell
    package var scheduled: ScheduledTrial
    /// Trials of the whole run that are done, those of an earlier sitting included.
    package var done: Int
    /// Of the whole run; `nil` where that depends on what it shows.
    package var total: Int?
    package var notOK: Int
    /// Blocks of the whole run, as it looks now, if the budget allows it.
    package var expectedBlocks: Int
    /// Seconds that the rest will take, as it looks now; not more than what is left of the budget.
    package var rest: Double?
  }

  package enum End: Hashable, Sendable {
    case completed(StopReason)
    case interrupted(signal: Int32)
    /// A hook of the run itself failed: nothing was measured, or something wasn't cleaned up.
    case hookFailed(String)
    /// What trials need isn't there any more; the rest can be run later.
    case unavailable(String)
  }

  private let bound: BoundPlan
  private var plan: Plan { bound.plan }
  private let assessment: Assessment
  private let hooks: HookRunner
  private let interrupts: InterruptSource
  private let facts: [String: String]
  /// Trials of an earlier sitting.
  private let earlier: [Trial]
  private let rule: (any StoppingRule)?
  private let clock: () -> Instant

  /// - Parameters:
  ///   - environment: for hooks; what the file's `env` has comes on top.
  ///   - facts: what hooks learn of the run, as environment variables.
  ///   - hookLog: the file that takes what hooks print, and what they leave running.
  ///   - rule: says when the run is as precise as the plan asks for.
  ///   - clock: tells the time; budget and estimates go by it.
  package init(
    plan bound: BoundPlan, effectiveCores: Double, environment: [String: String], facts: [String: String],
    interrupts: InterruptSource, hookLog: String? = nil, earlier: [Trial] = [],
    rule: (any StoppingRule)? = nil, clock: @escaping () -> Instant = MonotonicClock.now
  ) {
    self.bound = bound
    let plan = bound.plan
    assessment = Assessment(plan: plan, effectiveCores: effectiveCores)
    hooks = HookRunner(
      hooks: plan.hooks, environment: environment.merging(plan.environment) { $1 }, timeout: plan.settings.timeout,
      interrupts: interrupts, log: hookLog)
    self.interrupts = interrupts
    self.facts = facts
    self.earlier = earlier
    self.rule = rule
    self.clock = clock
  }

  /// Runs every scheduled trial that an earlier sitting didn't, until the run has enough.
  ///
  /// - Parameters:
  ///   - record: keeps a trial, and what it needs of the evidence; what it throws ends the run.
  ///   - observe: is told of everything.
  package func run<Failure: Error>(
    with executor: inout some TrialExecutor, record: (Trial, HostedTrial) throws(Failure) -> Void,
    observe: (Event) -> Void
  ) throws(Failure) -> End {
    let start = clock()
    let elapsed = { (clock() - start).seconds }
    var course = Course(plan: plan, rule: rule, earlier: earlier)
    let first = course.next(elapsed: 0)
    // A run whose last trial was recorded, and that was killed before it was told, has nothing left to do.
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
    // Once the one hook was attempted, the other runs, whatever happened between.
    let after = attempt(.afterRun)
    if case .completed = end, let after { end = after }
    return end
  }

  private func attempt(_ moment: Hooks.Moment) -> End? {
    do throws(Interruption) {
      return try hooks.run(moment, facts).map { .hookFailed($0) }
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
    var estimate = TimeEstimate(remaining: remainingTrials(in: expectedBlocks))
    var rest: Double? { estimate.rest.map { min($0, course.budgetLeft(elapsed: elapsed()) ?? $0) } }
    var step = first
    var done = earlier.count
    var notOK = earlier.count { $0.status != .ok }

    while case .trial(let scheduled) = step {
      var progress = Progress(
        cell: plan.cells[scheduled.cell], scheduled: scheduled, done: done,
        total: plan.trialCounts.count == 1 ? plan.trialCount : nil, notOK: notOK,
        expectedBlocks: expectedBlocks, rest: rest)
      observe(.trialStarted(progress))
      let start = clock()
      let trial: Trial
      let hosted: HostedTrial
      do throws(Interruption) {
        try interrupts.check()
        (trial, hosted) = try self.trial(scheduled, with: &executor, expected: checksums.expected(for: scheduled.cell))
      } catch {
        return .interrupted(signal: error.signal)
      }
      if case .unavailable(let reason) = hosted.end { return .unavailable(reason) }
      checksums.learn(from: trial)
      let seconds = (clock() - start).seconds
      course.add(trial, seconds: seconds)
      estimate.add(seconds, cell: scheduled.cell)
      try record(trial, hosted)
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

  /// How many trials of each cell are to come, if the run has so many blocks.
  private func remainingTrials(in blocks: Int) -> [Int] {
    let done = Dictionary(grouping: earlier.filter { $0.block <= blocks }, by: \.cellID).mapValues(\.count)
    return plan.cells.map { max(0, plan.settings.warmup + blocks - (done[$0.id] ?? 0)) }
  }

  /// One trial, its hooks around it.
  private func trial(
    _ scheduled: ScheduledTrial, with executor: inout some TrialExecutor, expected: String?
  ) throws(Interruption) -> (Trial, HostedTrial) {
    let startedAt = WallClock.now().iso8601
    let cell = plan.cells[scheduled.cell]
    let facts = facts.merging([
      "CONCRUN_CELL_ID": cell.id, "CONCRUN_WORKLOAD": cell.workload, "CONCRUN_STRATEGY": cell.strategy,
      "CONCRUN_BLOCK": String(scheduled.block), "CONCRUN_TRIAL": String(scheduled.trial),
    ]) { $1 }
    let hosted: HostedTrial
    do throws(Interruption) {
      if let reason = try hooks.run(.beforeTrial, facts) {
        hosted = HostedTrial(.notStarted(reason))
      } else {
        hosted = try executor.execute(scheduled, attempt: 1)
      }
    } catch {
      _ = try? hooks.run(.afterTrial, facts)
      throw error
    }
    var trial = assessment.trial(
      scheduled, attempt: 1, startedAt: startedAt, hosted: hosted, expected: expected)
    if let reason = try hooks.run(.afterTrial, facts), trial.status == .ok {
      trial.status = .failed
      trial.error = reason
    }
    return (trial, hosted)
  }
}
