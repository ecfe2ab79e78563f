internal import Model
internal import Statistics

/// A scaling verdict in words, such as `threads: USL, peak at 24 workers [19, 31]; recommended 16; first faster than
/// sync with 2`.
struct ScalingSentence {
  /// The strategy, and the levels that tell its curve from others.
  let name: String
  let verdict: ScalingVerdict
  let baseline: String?

  var text: String { name + ": " + [shape, choice, cost].compactMap(\.self).joined(separator: "; ") }

  private var shape: String {
    guard let fit = verdict.fit else {
      return verdict.fittedLevels < ScalingFit.leastLevels
        ? "\(Humanize.plural(verdict.fittedLevels, "level")), a fit needs \(ScalingFit.leastLevels)"
        : "too few trials for a fit"
    }
    if fit.misfit > 0.05 {
      return "no model fits (\(fit.model.name) comes nearest, and is \(Humanize.percent(fit.misfit)) off)"
    }
    switch fit.model {
    case .linear: return "linear up to \(fit.mostWorkers) workers"
    case .amdahl:
      // A limit far beyond the measured workers is an extrapolation, and is left out.
      let limit = 1 / fit.alpha.value
      let most = limit <= 2 * Double(fit.mostWorkers) ? ", at most \(Humanize.significant(limit, 3)) × one worker" : ""
      return "Amdahl, \(Humanize.percent(fit.alpha.value)) serial [\(Humanize.percent(fit.alpha.low)), "
        + "\(Humanize.percent(fit.alpha.high))]" + most
    case .usl:
      guard fit.tellsPeak else { return "USL, peak not reached in the range" }
      let peak = Self.workers(fit.peak.value)
      if peak == "1" { return "USL, more than one worker only does harm" }
      return "USL, peak at \(peak) workers [\(Self.workers(fit.peak.low)), \(Self.workers(fit.peak.high))]"
    }
  }

  private static func workers(_ value: Double) -> String { value < 1e6 ? Humanize.fixed(value, 0) : "∞" }

  private var choice: String? {
    if let recommended = verdict.recommended { return "recommended \(recommended)" }
    return verdict.fastest.map { "fastest \($0)" } ?? "no level came through without failures"
  }

  private var cost: String? {
    guard let baseline, let cost = verdict.cost else { return nil }
    switch cost {
    case .workers(let count): return "first faster than \(baseline) with \(count)"
    case .none: return "at no level surely faster than \(baseline)"
    }
  }
}

extension ScalingModel {
  fileprivate var name: String {
    switch self {
    case .linear: "a line"
    case .amdahl: "Amdahl's law"
    case .usl: "the USL"
    }
  }
}
