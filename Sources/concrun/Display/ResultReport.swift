internal import Model
internal import Statistics

/// What a run came to: a table for each workload, and a sentence for each kind of work.
struct ResultReport {
  /// The experiment's name, and of how many runs.
  let title: String
  let axes: [Axis]
  /// Columns of their own that workloads and strategies have.
  var metrics: [String] = []
  let baseline: String?
  let makesClaims: Bool
  let analysis: Analysis
  /// What should be known before the numbers are read.
  var remarks: [String] = []

  /// What there is of each workload, in the order of the cells.
  private var parts: [(workload: String, rows: [Summary], verdicts: [ScalingVerdict])] {
    let rows = Dictionary(grouping: analysis.cells, by: \.workload)
    let verdicts = Dictionary(grouping: analysis.scaling, by: \.workload)
    var seen: Set<String> = []
    return analysis.cells.map(\.workload).filter { seen.insert($0).inserted }.map {
      ($0, rows[$0] ?? [], verdicts[$0] ?? [])
    }
  }

  var text: String {
    let head = remarks.map { "\(title): \($0)\n" }.joined()
    if analysis.cells.isEmpty { return "\n\(head)\(title): no trials yet\n\n" }
    return (head.isEmpty ? "" : "\n" + head)
      + parts.map { part in
        "\n\(title): \(part.workload)\n" + table(part.rows).plain()
          + (sentences(part.rows) + scaling(part.verdicts)).map { "  \($0)\n" }.joined()
      }.joined() + "\n"
  }

  var markdown: String {
    remarks.map { "\(title): \($0)\n\n" }.joined()
      + parts.map { part in
        "### \(title): \(part.workload)\n\n" + table(part.rows).markdown + "\n"
          + sentences(part.rows).map { "\($0)\n\n" }.joined()
          + scaling(part.verdicts).map { "- \($0)\n" }.joined() + "\n"
      }.joined() + (analysis.warnings.isEmpty ? "" : "Warnings:\n\n")
      + analysis.warnings.map { "- \($0.text)\n" }.joined()
  }

  private func table(_ rows: [Summary]) -> TextTable {
    let shown = axes.indices.filter { index in
      axes[index].name != "max_workers" && rows.contains { $0.levels[index] != nil }
    }
    return rows.contains(where: \.isOpenLoop) ? latencies(rows, shown) : times(rows, shown)
  }

  /// What an open loop is about: a time that a schedule decides is no merit.
  private func latencies(_ rows: [Summary], _ shown: [Int]) -> TextTable {
    var table = TextTable(
      [("strategy", .left)] + shown.map { (axes[$0].name, .right) }
        + [
          ("workers", .right), ("tasks/s", .right), ("task p50", .right), ("task p99", .right),
          ("response p50", .right), ("response p99", .right), ("failed", .right),
        ])
    table.rows = rows.map { row in
      let texts = levelTexts(row.cellID)
      let failed = row[.failed] ?? 0
      let columns: [SummaryColumn] = [.taskP50, .taskP99, .responseP50, .responseP99]
      return [row.strategy] + shown.map { texts[axes[$0].name] ?? "" }
        + [workersText(row), row[.tasksPerSecond].map(Humanize.count) ?? ""]
        + columns.map { row[$0].map { Humanize.seconds($0) } ?? "–" } + [failed > 0 ? String(shortest: failed) : ""]
    }
    return table.compacted
  }

  private func times(_ rows: [Summary], _ shown: [Int]) -> TextTable {
    var table = TextTable(
      [("strategy", .left)] + shown.map { (axes[$0].name, .right) }
        + [
          ("workers", .right), ("median", .right), ("95 % CI", .left), ("speedup", .right), ("95 % CI", .left),
          ("tasks/s", .right),
        ] + metrics.map { ($0, .right) } + [("failed", .right), ("", .left)])
    let choices = Dictionary(grouping: rows, by: choice).mapValues(\.count)
    table.rows = rows.map { row in
      let failed = row[.failed] ?? 0
      let texts = levelTexts(row.cellID)
      return [row.strategy] + shown.map { texts[axes[$0].name] ?? "" }
        + [
          workersText(row), row[.wallMedian].map { Humanize.seconds($0) } ?? "–",
          timeInterval(row), row[.speedupVsBaseline].map { Humanize.ratio($0) + " ×" } ?? "",
          speedupInterval(row), row[.tasksPerSecond].map(Humanize.count) ?? "",
        ] + metricTexts(row) + [
          failed > 0 ? String(shortest: failed) : "",
          row.isRecommended == true && row[.wallCILow] != nil && choices[choice(row), default: 0] > 1
            ? "recommended" : "",
        ]
    }
    return table.compacted
  }

  /// The levels as the file has them, units and all: the id is where they stand so.
  private func levelTexts(_ cellID: String) -> [String: String] {
    let parts = cellID.split(separator: "/", maxSplits: 2)
    guard parts.count == 3 else { return [:] }
    let pairs = parts[2].split(separator: ",").compactMap { pair -> (String, String)? in
      let sides = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      return sides.count == 2 ? (String(sides[0]), Self.percentDecoded(sides[1])) : nil
    }
    return Dictionary(pairs, uniquingKeysWith: { first, _ in first })
  }

  /// Undoes what an id does to characters that would split it.
  private static func percentDecoded(_ text: Substring) -> String {
    let pieces = text.split(separator: "%", omittingEmptySubsequences: false)
    var bytes = Array(pieces[0].utf8)
    for piece in pieces.dropFirst() {
      if let byte = UInt8(piece.prefix(2), radix: 16) { bytes.append(byte) }
      bytes += piece.dropFirst(2).utf8
    }
    return String(decoding: bytes, as: UTF8.self)
  }

  /// As many as were asked for; in brackets those that there were, where the tasks were fewer.
  private func workersText(_ row: Summary) -> String {
    guard let workers = workers(row) else { return "" }
    guard let used = row[.workers].map({ Int($0) }), used < workers else { return String(workers) }
    return "\(workers) (\(used))"
  }

  /// As many as were asked for; a strategy that has no such parameter has one.
  private func workers(_ row: Summary) -> Int? {
    configuredWorkers(row) ?? row[.workers].map { Int($0) }
  }

  private func configuredWorkers(_ row: Summary) -> Int? {
    axes.firstIndex { $0.name == "max_workers" }.flatMap { row.levels[$0]?.integer }
  }

  /// What the levels of a strategy have in common that do the same work: only among several, one can be recommended.
  private func choice(_ row: Summary) -> [String] {
    let shared = axes.indices.filter { axes[$0].side == .work }
    return [row.workload, row.strategy] + shared.map { row.levels[$0]?.description ?? "" }
  }

  /// Times by their names' ends.
  private func metricTexts(_ row: Summary) -> [String] {
    metrics.indices.map { index in
      guard row.metrics.indices.contains(index), let value = row.metrics[index] else { return "" }
      return metrics[index].hasSuffix("_s") ? Humanize.seconds(value) : Humanize.count(value)
    }
  }

  private func timeInterval(_ row: Summary) -> String {
    guard let median = row[.wallMedian], let low = row[.wallCILow], let high = row[.wallCIHigh] else { return "" }
    return Humanize.interval(low, high, inTheUnitOf: median)
  }

  private func speedupInterval(_ row: Summary) -> String {
    guard let low = row[.speedupVsBaselineCILow], let high = row[.speedupVsBaselineCIHigh] else { return "" }
    return "[\(Humanize.ratio(low)), \(Humanize.ratio(high))]"
  }

  /// One for each combination of the axes that make the work.
  private func sentences(_ all: [Summary]) -> [String] {
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
      let texts = levelTexts(rows[0].cellID)
      let work = shared.compactMap { index in texts[axes[index].name].map { "\(axes[index].name) \($0)" } }
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

  private func scaling(_ verdicts: [ScalingVerdict]) -> [String] {
    verdicts.map { verdict in
      let texts = levelTexts(verdict.cellID)
      let levels = axes.filter { $0.name != "max_workers" }.compactMap { axis in
        texts[axis.name].map { "\(axis.name) \($0)" }
      }
      return ScalingText(
        name: ([verdict.strategy] + levels).joined(separator: ", "), verdict: verdict,
        baseline: verdict.strategy == baseline ? nil : baseline
      ).text
    }
  }

  /// The strategy and its levels: `tasks with 100 workers, threads 2`.
  private func name(_ row: Summary) -> String {
    let texts = levelTexts(row.cellID)
    let others = axes.filter { $0.side == .strategy && $0.name != "max_workers" }
      .compactMap { axis in texts[axis.name].map { "\(axis.name) \($0)" } }
    let workers = configuredWorkers(row).map { "with \(Humanize.plural($0, "worker"))" }
    return ([[row.strategy, workers].compactMap(\.self).joined(separator: " ")] + others).joined(separator: ", ")
  }
}

extension ResultReport {
  init(plan: Plan, analysis: Analysis) {
    self.init(
      title: plan.experiment, axes: plan.axes, metrics: plan.metrics, baseline: plan.baseline,
      makesClaims: plan.settings.makesClaims,
      analysis: analysis)
  }
}
