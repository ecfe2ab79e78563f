internal import Model
internal import Runner
internal import Statistics

extension PrecisionRule: StoppingRule {}

extension PrecisionRule {
  /// That of a plan, if it asks for a precision. Where tasks have their times, the schedule decides how long the whole
  /// takes: there, it is the response times that have to be known.
  init?(_ plan: Plan) {
    guard let target = plan.settings.precision else { return nil }
    self.init(
      target: target,
      cells: plan.cells.map { Cell(id: $0.id, measure: $0.arrivals == nil ? .wall : .responseP99) })
  }
}

/// Why a run has as many blocks as it has, in words.
struct StopNotice {
  private let plan: Plan
  private let trials: [Trial]

  init(plan: Plan, trials: [Trial]) {
    self.plan = plan
    self.trials = trials
  }

  /// `nil` where the number was fixed.
  func text(_ reason: StopReason) -> String? {
    let blocks = Humanize.plural(trials.map(\.block).max() ?? 0, "block")
    switch reason {
    case .trials: return nil
    case .precision: return precision.map { "stopped after \(blocks): \($0)" }
    case .max: return precision.map { "stopped at \(blocks): \($0)" }
    case .budget:
      return plan.settings.budget.map { "stopped after \(blocks): the budget of \(Humanize.limit($0)) is spent" }
    }
  }

  private var precision: String? {
    guard let target = plan.settings.precision, var rule = PrecisionRule(plan) else { return nil }
    for trial in trials {
      rule.add(trial)
    }
    let aim = "±\(Humanize.percent(target))"
    let wide = rule.wideCells
    if let widest = wide.max(by: { $0.halfWidth < $1.halfWidth }) {
      // 5.04 % isn't to be called 5 %, and wider than that.
      let digits = widest.halfWidth < 1.1 * target ? 4 : 2
      let width =
        widest.halfWidth.isFinite ? "±\(Humanize.percent(widest.halfWidth, digits: digits))" : "without an upper end"
      return "\(Humanize.plural(wide.count, "cell")) \(wide.count == 1 ? "is" : "are") still wider than \(aim) "
        + "(widest: \(widest.id), \(width))"
    }
    let hopeless = rule.hopelessCells.count
    let but = hopeless == 0 ? "" : ", but for \(Humanize.plural(hopeless, "cell")) without a trial that is ok"
    return "half the width of every cell's 95 % CI is at most \(Humanize.percent(target))\(but)"
  }
}
