internal import Model
internal import OS
internal import Reports
internal import Runner
internal import Time

/// The display of a run's progress, on standard error.
struct ProgressDisplay {
  private enum Style {
    /// One line that changes.
    case live
    /// A new line now and then.
    case plain
    case none
  }

  private let plan: Plan
  private let style: Style
  private var lastLine = Instant.distantPast
  private var hasToldDuration = false
  private var cellsWithFailures: Set<String> = []
  private var cellsWithRepeats: Set<String> = []
  private static let plainInterval = Nanoseconds.seconds(10)

  init(plan: Plan, mode: ProgressMode) {
    self.plan = plan
    style =
      switch mode {
      case .none: .none
      case .plain: .plain
      case .auto: Console.errorTakesEscapes ? .live : .plain
      }
  }

  mutating func start(folder: String, earlier: Int) {
    guard style != .none else { return }
    let settings = plan.settings
    let blocks = Humanize.range(settings.blocks)
    let each = settings.warmup == 0 ? blocks : "(\(blocks) + \(settings.warmup) warm-up)"
    Console.error(
      plan.experiment, .bold,
      before: ": \(Humanize.plural(plan.cells.count, "cell")) × \(each) = "
        + "\(Humanize.plural(plan.trialCounts, "trial"))"
        + (earlier > 0 ? ", \(Humanize.grouped(earlier)) of them done before" : "") + " → \(folder)")
    Console.error("  how long it takes is known after the first block; Ctrl-C is safe: --resume goes on")
    lastLine = MonotonicClock.now()
  }

  mutating func show(_ event: ExperimentRun.Event) {
    switch event {
    case .trialStarted(let progress):
      if style == .live { live(progress) }
    case .trialEnded(let trial, let progress):
      tellFailure(trial, isRepeated: progress.isRepeated)
      if progress.isRepeated { return }
      tellDuration(progress)
      if style == .plain { plain(progress) }
    }
  }

  /// Prints the first failure of each cell. It does so even without progress, because failures make the exit status 1.
  ///
  /// An attempt that another one follows doesn't: it is printed only beside progress.
  private mutating func tellFailure(_ trial: Trial, isRepeated: Bool) {
    guard trial.status != .ok, !isRepeated || style != .none else { return }
    guard isRepeated ? cellsWithRepeats.insert(trial.cellID).inserted : cellsWithFailures.insert(trial.cellID).inserted
    else { return }
    clear()
    let name = trial.isWarmup ? "warm-up \(trial.trial)" : "trial \(trial.trial)"
    let next = isRepeated && !trial.isVoid ? "; it is run again" : ""
    Console.error(
      trial.status.rawValue, .red, after: "  ", before: ": \(trial.cellID), \(name): \(trial.error ?? "")\(next)")
  }

  /// Prints the expected time once, when every cell has had a trial.
  private mutating func tellDuration(_ progress: ExperimentRun.Progress) {
    guard style != .none, !hasToldDuration, plan.settings.order == .blocks, let rest = progress.rest,
      progress.scheduled.position == plan.cells.count, rest > 0
    else { return }
    hasToldDuration = true
    guard progress.done != progress.total else { return }
    clear()
    let isOpen = progress.expectedBlocks < plan.settings.blocks.upperBound
    let condition = isOpen ? ", if \(progress.expectedBlocks) blocks are enough" : ""
    Console.error("  about \(Humanize.wait(rest)) to go\(condition)")
  }

  private func live(_ progress: ExperimentRun.Progress) {
    var parts = [progress.total.map { "\(progress.done + 1)/\($0)" } ?? "\(progress.done + 1)"]
    if let rest = progress.rest { parts.append("\(Humanize.wait(rest)) to go") }
    if progress.notOK > 0 { parts.append("\(progress.notOK) not ok") }
    parts += [name(progress.scheduled), progress.cell.id]
    let line = "  " + parts.joined(separator: "  ")
    Console.replaceLine(by: String(line.prefix(max(10, Terminal.columns(2) - 1))))
  }

  private func name(_ trial: ScheduledTrial) -> String {
    if trial.isWarmup { return "warm-up \(trial.trial) of \(plan.settings.warmup)" }
    return isOpenEnded
      ? "block \(trial.block) (\(Humanize.range(plan.settings.blocks)))"
      : "trial \(trial.trial) of \(plan.settings.trials)"
  }

  /// True if the measured precision decides the number of blocks.
  private var isOpenEnded: Bool { plan.settings.blocks.count > 1 }

  private mutating func plain(_ progress: ExperimentRun.Progress) {
    let now = MonotonicClock.now()
    guard progress.done != progress.total, now - lastLine >= Self.plainInterval else { return }
    lastLine = now
    let rest = progress.rest.map { ", \(Humanize.wait($0)) to go" } ?? ""
    let failures = progress.notOK > 0 ? ", \(progress.notOK) not ok" : ""
    let done =
      progress.total.map { "\(progress.done) of \($0) trials" }
      ?? "\(Humanize.plural(progress.done, "trial")), \(name(progress.scheduled))"
    Console.error("  \(done)\(failures)\(rest)")
  }

  /// Removes the live line.
  func clear() {
    if style == .live { Console.replaceLine(by: "") }
  }
}
