package import Model
internal import OS

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
    package var total: Int
    package var notOK: Int
    /// Seconds that the rest will take.
    package var rest: Double?
  }

  package enum End: Hashable, Sendable {
    case completed
    case interrupted(signal: Int32)
    /// A hook of the run itself failed: nothing was measured, or something wasn't cleaned up.
    case hookFailed(String)
    /// What trials need isn't there any more; the rest can be run later.
    case unavailable(String)
  }

  private let plan: Plan
  private let assessment: Assessment
  private let hooks: HookRunner
  private let interrupts: InterruptSource
  private let facts: [String: String]
  /// Trials of an earlier sitting.
  private let earlier: [Trial]

  private struct Place: Hashable {
    var cellID: String
    var block: Int
    var trial: Int
  }

  /// - Parameters:
  ///   - environment: for hooks; what the file's `env` has comes on top.
  ///   - facts: what hooks learn of the run, as environment variables.
  ///   - hookLog: the file that takes what hooks print, and what they leave running.
  package init(
    plan: Plan, effectiveCores: Double, environment: [String: String], facts: [String: String],
    interrupts: InterruptSource, hookLog: String? = nil, earlier: [Trial] = []
  ) {
    self.plan = plan
    assessment = Assessment(plan: plan, effectiveCores: effectiveCores)
    hooks = HookRunner(
      hooks: plan.hooks, environment: environment.merging(plan.environment) { $1 }, timeout: plan.settings.timeout,
      interrupts: interrupts, log: hookLog)
    self.interrupts = interrupts
    self.facts = facts
    self.earlier = earlier
  }

  /// Runs every scheduled trial that an earlier sitting didn't.
  ///
  /// - Parameters:
  ///   - record: keeps a trial, and what it needs of the evidence; what it throws ends the run.
  ///   - observe: is told of everything.
  package func run<Failure: Error>(
    with executor: inout some TrialExecutor, record: (Trial, HostedTrial) throws(Failure) -> Void,
    observe: (Event) -> Void
  ) throws(Failure) -> End {
    // A run whose last trial was recorded, and that was killed before it was told, has nothing left to do.
    if !earlier.isEmpty, earlier.count >= plan.trialCount { return .completed }
    var end = attempt(.beforeRun)
    if end == nil {
      do throws(Failure) {
        end = try runTrials(with: &executor, record: record, observe: observe)
      } catch {
        _ = attempt(.afterRun)
        throw error
      }
    }
    // Once the one hook was attempted, the other runs, whatever happened between.
    let after = attempt(.afterRun)
    return end ?? after ?? .completed
  }

  private func attempt(_ moment: Hooks.Moment) -> End? {
    do throws(Interruption) {
      return try hooks.run(moment, facts).map { .hookFailed($0) }
    } catch {
      return .interrupted(signal: error.signal)
    }
  }

  private func runTrials<Failure: Error>(
    with executor: inout some TrialExecutor, record: (Trial, HostedTrial) throws(Failure) -> Void,
    observe: (Event) -> Void
  ) throws(Failure) -> End? {
    let finished = Set(earlier.map { Place(cellID: $0.cellID, block: $0.block, trial: $0.trial) })
    let isFinished = { (scheduled: ScheduledTrial) in
      finished.contains(
        Place(cellID: plan.cells[scheduled.cell].id, block: scheduled.block, trial: scheduled.trial))
    }
    var checksums = KnownChecksums(plan: plan)
    for trial in earlier {
      checksums.learn(from: trial)
    }
    var estimate = TimeEstimate(remaining: remainingTrials(isFinished))
    var done = earlier.count
    var notOK = earlier.count { $0.status != .ok }

    for scheduled in Schedule(cellCount: plan.cells.count, settings: plan.settings) where !isFinished(scheduled) {
      var progress = Progress(
        cell: plan.cells[scheduled.cell], scheduled: scheduled, done: done, total: plan.trialCount, notOK: notOK,
        rest: estimate.rest)
      observe(.trialStarted(progress))
      let start = MonotonicClock.now()
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
      estimate.add(Double(MonotonicClock.now() - start) / 1e9, cell: scheduled.cell)
      try record(trial, hosted)
      done += 1
      notOK += trial.status == .ok ? 0 : 1
      progress.done = done
      progress.notOK = notOK
      progress.rest = estimate.rest
      observe(.trialEnded(trial, progress))
    }
    return nil
  }

  private func remainingTrials(_ isFinished: (ScheduledTrial) -> Bool) -> [Int] {
    var counts = plan.cells.map { _ in 0 }
    for scheduled in Schedule(cellCount: plan.cells.count, settings: plan.settings) where !isFinished(scheduled) {
      counts[scheduled.cell] += 1
    }
    return counts
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
