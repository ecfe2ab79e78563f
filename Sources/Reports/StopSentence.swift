package import Model
package import Statistics

/// The reason for a run's number of blocks, in words.
package struct StopSentence {
  private let settings: RunSettings
  private let blocks: Int
  private let rule: PrecisionRule?

  /// Takes the facts about a run that has ended.
  ///
  /// - Parameters:
  ///   - blocks: the number of blocks of the run.
  ///   - rule: has seen all trials of the run; `nil` if no precision was asked for.
  package init(settings: RunSettings, blocks: Int, rule: PrecisionRule?) {
    self.settings = settings
    self.blocks = blocks
    self.rule = rule
  }

  /// Returns the sentence for a reason; `nil` if the number of blocks was fixed.
  package func text(_ reason: StopReason) -> String? {
    let blocks = Humanize.plural(blocks, "block")
    switch reason {
    case .trials: return nil
    case .precision: return precision.map { "stopped after \(blocks): \($0)" }
    case .max: return precision.map { "stopped at \(blocks): \($0)" }
    case .budget:
      return settings.budget.map { "stopped after \(blocks): the budget of \(Humanize.limit($0)) is spent" }
    }
  }

  private var precision: String? {
    guard let target = settings.precision, let rule else { return nil }
    let aim = "±\(Humanize.percent(target))"
    let wide = rule.wideCells
    if let widest = wide.max(by: { $0.halfWidth < $1.halfWidth }) {
      // Two digits would make 5.04 % read "5 %, wider than 5 %".
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
