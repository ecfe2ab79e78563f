internal import Model
internal import Statistics

extension ResultReport {
  /// Returns a sentence for each combination of levels of the work's axes.
  func sentences(_ all: [Summary]) -> [String] {
    let shared = axes.indices.filter { axes[$0].side == .work }
    var groups: [[Value?]: [Summary]] = [:]
    var order: [[Value?]] = []
    for row in all where !row.isOpenLoop {
      let key = shared.map { row.levels[$0] }
      if groups[key] == nil { order.append(key) }
      groups[key, default: []].append(row)
    }
    return order.compactMap { key in
      guard let rows = groups[key], rows.count > 1 else { return nil }
      let id = CellID(rows[0].cellID)
      let work = shared.compactMap { index in id.level(of: axes[index].name).map { "\(axes[index].name) \($0)" } }
      return sentence(rows, about: ([rows[0].workload] + work).joined(separator: ", "))
    }
  }

  private func sentence(_ rows: [Summary], about work: String) -> String {
    let sound = rows.filter(\.isSound)
    guard let fastest = sound.min(by: { ($0[.wallMedian] ?? 0) < ($1[.wallMedian] ?? 0) }),
      let median = fastest[.wallMedian]
    else { return "\(work): no strategy got through without failures." }
    var text = "\(work): fastest" + (sound.count < rows.count ? " of those without failures" : "")
    text += ": \(name(fastest)), \(Humanize.seconds(median))"
    if let baseline, let speedup = fastest[.speedupVsBaseline], fastest.strategy != baseline {
      text += ", \(Humanize.ratio(speedup)) × as fast as \(baseline)"
      if let (low, high) = fastest.simultaneous {
        text += " [\(Humanize.ratio(low)), \(Humanize.ratio(high))]" + (low <= 1 ? ", which may be chance" : "")
      } else if makesClaims, fastest[.wallCILow] != nil {
        text += ", but there is no interval: that may be chance"
      }
    }
    if baseline == nil { text += ", by the medians alone: there is no baseline to compare with" }
    if makesClaims, fastest.strategy == baseline {
      let open = sound.count { $0.cellID != fastest.cellID && ($0.simultaneous?.high ?? 1) >= 1 }
      if open > 0 { text += ", but \(open) of the others may be as fast" }
    }
    let recommended = sound.first { $0.strategy == fastest.strategy && $0.isRecommended == true }
    if let recommended, recommended.cellID != fastest.cellID {
      text += "; within 5 % of that: \(name(recommended))"
    }
    if !makesClaims { return text + ". No claim is made with --quick." }
    return text + (fastest[.wallCILow] != nil ? "." : ". So few trials are no claim.")
  }

  /// Returns a sentence for each strategy whose workers were swept.
  func scaling(_ verdicts: [ScalingVerdict]) -> [String] {
    verdicts.map { verdict in
      let id = CellID(verdict.cellID)
      let levels = axes.filter { $0.name != ParameterName.maxWorkers }.compactMap { axis in
        id.level(of: axis.name).map { "\(axis.name) \($0)" }
      }
      return ScalingSentence(
        name: ([verdict.strategy] + levels).joined(separator: ", "), verdict: verdict,
        baseline: verdict.strategy == baseline ? nil : baseline
      ).text
    }
  }

  /// Returns the strategy and its levels, such as `tasks with 100 workers, threads 2`.
  private func name(_ row: Summary) -> String {
    let id = CellID(row.cellID)
    let others = axes.filter { $0.side == .strategy && $0.name != ParameterName.maxWorkers }
      .compactMap { axis in id.level(of: axis.name).map { "\(axis.name) \($0)" } }
    let workers = configuredWorkers(row).map { "with \(Humanize.plural($0, "worker"))" }
    return ([[row.strategy, workers].compactMap(\.self).joined(separator: " ")] + others).joined(separator: ", ")
  }

  /// Returns the number of workers that the cell asks for; `nil` if its strategy has no such parameter.
  func configuredWorkers(_ row: Summary) -> Int? {
    axes.firstIndex { $0.name == ParameterName.maxWorkers }.flatMap { row.levels[$0]?.integer }
  }
}
