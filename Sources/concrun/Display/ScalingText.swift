internal import Model
internal import Statistics

/// `threads: USL, peak at 24 workers [19, 31]; recommended 16; faster than sync from 2 on`
struct ScalingText {
  /// The strategy, and what else tells its curve from others.
  let name: String
  let verdict: ScalingVerdict
  let baseline: String?

  var text: String { name + ": " + [shape, choice, cost].compactMap(\.self).joined(separator: "; ") }

  private var shape: String {
    guard let fit = verdict.fit else {
      return "\(Humanize.plural(verdict.workers.count, "level")), a fit needs \(ScalingFit.leastLevels)"
    }
    let isLoose = fit.typicalError > 0.1
    let looseness = isLoose ? ", a loose fit (trials are \(Humanize.percent(fit.typicalError)) off)" : ""
    switch fit.model {
    case .linear: return "linear up to \(fit.mostWorkers) workers" + looseness
    case .amdahl:
      return "Amdahl, \(Humanize.percent(fit.alpha.value)) serial [\(Humanize.percent(fit.alpha.low)), "
        + "\(Humanize.percent(fit.alpha.high))], at most \(Humanize.significant(1 / fit.alpha.value, 3)) × one worker"
        + looseness
    case .usl:
      guard fit.tellsPeak else { return "USL, peak not reached in the range" + looseness }
      return "USL, peak at \(Self.workers(fit.peak.value)) workers "
        + "[\(Self.workers(fit.peak.low)), \(Self.workers(fit.peak.high))]" + looseness
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
    case .workers(let count): return "faster than \(baseline) from \(count) on"
    case .none: return "at no level surely faster than \(baseline)"
    }
  }
}
