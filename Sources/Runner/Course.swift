internal import Model

/// The order of a run's trials, and the decision after each whole block whether the run ends.
///
/// Trials of an earlier sitting are passed over as if they had just been run. So a resumed run ends where an
/// uninterrupted one would have.
struct Course {
  enum Step: Hashable {
    case trial(ScheduledTrial)
    case end(StopReason)
  }

  private let plan: Plan
  private var schedule: Schedule
  private var rule: (any StoppingRule)?
  /// The trials that earlier sittings settled, with the seconds of all their attempts.
  private var settled: [TrialPlace: (last: Trial, seconds: Double)] = [:]
  /// The attempts of trials that earlier sittings began and didn't settle.
  private var begun: [TrialPlace: [Trial]] = [:]
  /// The last block that an earlier sitting began. No run ends before that block is whole.
  private let lastBegun: Int
  /// The time of all trials of earlier sittings, in seconds.
  private let spentBefore: Double
  private var block = 0
  /// The time of all measured trials so far.
  private var seconds = 0.0
  /// The number of blocks that the run is expected to have, if the budget allows it.
  private(set) var expectedBlocks: Int

  /// The trials that earlier sittings settled: the last attempt of each.
  let finished: [Trial]

  /// Takes a plan, and all attempts of earlier sittings.
  ///
  /// - Parameters:
  ///   - rule: decides where the plan asks for a precision; with `nil`, no cell ever counts as precise.
  ///   - repeatsFailed: whether trials whose last attempt isn't ok get another one.
  init(plan: Plan, rule: (any StoppingRule)?, earlier: [Trial], repeatsFailed: Bool = false) {
    self.plan = plan
    self.rule = rule
    schedule = Schedule(cellCount: plan.cells.count, settings: plan.settings)
    for (place, attempts) in Dictionary(grouping: earlier, by: \.place) {
      if let last = attempts.lastAttempts().first, Attempts.settle(attempts, retries: plan.settings.retries),
        last.status == .ok || !repeatsFailed
      {
        settled[place] = (last, attempts.reduce(0) { $0 + Self.seconds(of: $1, plan.settings) })
      } else {
        begun[place] = attempts
      }
    }
    finished = settled.values.map(\.last)
    lastBegun = earlier.map(\.block).max() ?? 0
    spentBefore = earlier.reduce(0) { $0 + Self.seconds(of: $1, plan.settings) }
    expectedBlocks = plan.settings.trials
  }

  /// Returns the next trial, or the reason why the run ends.
  ///
  /// - Parameter elapsed: seconds since this sitting began.
  mutating func next(elapsed: Double) -> Step {
    while let scheduled = schedule.next() {
      if scheduled.block > block {
        if let reason = verdict(elapsed) {
          expectedBlocks = block
          return .end(reason)
        }
        block = scheduled.block
      }
      guard let (trial, seconds) = settled.removeValue(forKey: place(of: scheduled)) else { return .trial(scheduled) }
      add(trial, seconds: seconds)
    }
    guard plan.settings.precision != nil else { return .end(.trials) }
    return .end(isPrecise ? .precision : .max)
  }

  /// Returns the attempts that a trial had in earlier sittings.
  func attempts(of scheduled: ScheduledTrial) -> [Trial] { begun[place(of: scheduled)] ?? [] }

  /// Takes the last attempt of a trial into account.
  ///
  /// - Parameter seconds: the time of all its attempts, with the starts and the ends of their processes.
  mutating func add(_ trial: Trial, seconds: Double) {
    rule?.add(trial)
    if !trial.isWarmup { self.seconds += seconds }
  }

  /// Returns the rest of the budget, in seconds; `nil` without a budget.
  func budgetLeft(elapsed: Double) -> Double? {
    plan.settings.budget.map { max(0, $0 - spentBefore - elapsed) }
  }

  /// Returns the reason why the run ends after a whole block; `nil` if it goes on.
  private mutating func verdict(_ elapsed: Double) -> StopReason? {
    guard block > 0 else { return nil }
    if block >= lastBegun {
      if isPrecise { return .precision }
      if let left = budgetLeft(elapsed: elapsed), seconds / Double(block) > left { return .budget }
    }
    // Blocks that an earlier sitting went beyond need no expectation.
    if plan.settings.precision != nil, block + 1 >= lastBegun {
      let (least, most) = (plan.settings.blocks.lowerBound, plan.settings.blocks.upperBound)
      expectedBlocks = min(most, max(least, block + 1, rule?.blocksNeeded(after: block) ?? least))
    }
    return nil
  }

  private var isPrecise: Bool {
    plan.settings.precision != nil && block >= plan.settings.trials && rule?.isSatisfied == true
  }

  private func place(of scheduled: ScheduledTrial) -> TrialPlace {
    TrialPlace(cellID: plan.cells[scheduled.cell].id, block: scheduled.block, trial: scheduled.trial)
  }

  /// Returns a trial's time. A trial that was killed for its time has no measured one, and counts with the timeout.
  private static func seconds(of trial: Trial, _ settings: RunSettings) -> Double {
    trial.measures[.observed] ?? (trial.status == .timeout ? settings.timeout : 0)
  }
}
