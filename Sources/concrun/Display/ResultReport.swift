internal import Model
internal import Statistics

/// What a run came to: a table for each workload, and a sentence for each kind of work.
struct ResultReport {
  let experiment: String
  let axes: [Axis]
  let baseline: String?
  let makesClaims: Bool
  let summaries: [Summary]

  init(plan: Plan, summaries: [Summary]) {
    experiment = plan.experiment
    axes = plan.axes
    baseline = plan.baseline
    makesClaims = plan.settings.makesClaims
    self.summaries = summaries
  }

  init(experiment: String, axes: [Axis], baseline: String?, makesClaims: Bool, summaries: [Summary]) {
    self.experiment = experiment
    self.axes = axes
    self.baseline = baseline
    self.makesClaims = makesClaims
    self.summaries = summaries
  }

  private var workloads: [String] {
    var seen: Set<String> = []
    return summaries.map(\.workload).filter { seen.insert($0).inserted }
  }

  var text: String {
    workloads.map { workload in
      "\n\(experiment): \(workload)\n" + table(workload).plain() + sentences(workload).map { "  \($0)\n" }.joined()
    }.joined() + "\n"
  }

  var markdown: String {
    workloads.map { workload in
      "### \(experiment): \(workload)\n\n" + table(workload).markdown + "\n"
        + sentences(workload).map { "\($0)\n" }.joined(separator: "\n") + "\n"
    }.joined()
  }

  private func table(_ workload: String) -> TextTable {
    let rows = summaries.filter { $0.workload == workload }
    // Workers have a column of their own.
    let shown = axes.indices.filter { index in
      axes[index].name != "max_workers" && rows.contains { $0.levels[index] != nil }
    }
    var table = TextTable(
      [("strategy", .left)] + shown.map { (axes[$0].name, .right) }
        + [
          ("workers", .right), ("median ± CI", .right), ("speedup", .right), ("95 % CI", .left), ("tasks/s", .right),
          ("failed", .right), ("", .left),
        ])
    table.rows = rows.map { row in
      let failed = row[.failed] ?? 0
      return [row.strategy] + shown.map { row.levels[$0]?.description ?? "" }
        + [
          row[.workers].map { String(shortest: $0) } ?? "",
          row[.wallMedian].map { Humanize.seconds($0, low: row[.wallCILow], high: row[.wallCIHigh]) } ?? "–",
          row[.speedupVsBaseline].map { Humanize.fixed($0, 2) + " ×" } ?? "", interval(row),
          row[.tasksPerSecond].map(Humanize.count) ?? "", failed > 0 ? String(shortest: failed) : "",
          row.isRecommended == true && hasLevels(row) ? "recommended" : "",
        ]
    }
    return table.compacted
  }

  /// Whether there is anything to choose from: other levels of the same strategy for the same work.
  private func hasLevels(_ row: Summary) -> Bool {
    let shared = axes.indices.filter { axes[$0].side == .work }
    return summaries.contains { other in
      other.cellID != row.cellID && other.workload == row.workload && other.strategy == row.strategy
        && shared.allSatisfy { other.levels[$0] == row.levels[$0] }
    }
  }

  private func interval(_ row: Summary) -> String {
    guard let low = row[.speedupVsBaselineCILow], let high = row[.speedupVsBaselineCIHigh] else { return "" }
    return "[\(Humanize.fixed(low, 2)), \(Humanize.fixed(high, 2))]"
  }

  /// One for each combination of the axes that make the work.
  private func sentences(_ workload: String) -> [String] {
    let shared = axes.indices.filter { axes[$0].side == .work }
    var groups: [[Value?]: [Summary]] = [:]
    var order: [[Value?]] = []
    for row in summaries where row.workload == workload {
      let key = shared.map { row.levels[$0] }
      if groups[key] == nil { order.append(key) }
      groups[key, default: []].append(row)
    }
    return order.compactMap { key in
      let work = zip(shared, key).compactMap { index, value in value.map { "\(axes[index].name) \($0)" } }
      return sentence(groups[key] ?? [], about: ([workload] + work).joined(separator: ", "))
    }
  }

  private func sentence(_ rows: [Summary], about work: String) -> String {
    let sound = rows.filter { $0[.failed] == 0 && $0[.wallMedian] != nil }
    guard let fastest = sound.min(by: { ($0[.wallMedian] ?? 0) < ($1[.wallMedian] ?? 0) }),
      let median = fastest[.wallMedian]
    else { return "\(work): no strategy got through without failures." }
    let verb = makesClaims ? "fastest" : "fastest in a few trials, which is no claim"
    var text = "\(work): \(verb): \(name(fastest)), \(Humanize.seconds(median))"
    if let baseline, let speedup = fastest[.speedupVsBaseline], fastest.strategy != baseline {
      text += ", \(Humanize.fixed(speedup, 2)) × as fast as \(baseline)"
      if !interval(fastest).isEmpty { text += " \(interval(fastest))" }
      if let low = fastest[.speedupVsBaselineCILow], low <= 1 { text += ", which may be chance" }
    }
    let recommended = sound.first { $0.strategy == fastest.strategy && $0.isRecommended == true }
    if let recommended, recommended.cellID != fastest.cellID, let workers = recommended[.workers] {
      text += "; \(Humanize.plural(Int(workers), "worker")) are within 5 % of that"
    }
    return text + "."
  }

  private func name(_ row: Summary) -> String {
    guard let workers = row[.workers], axes.contains(where: { $0.name == "max_workers" }),
      zip(axes, row.levels).contains(where: { $0.name == "max_workers" && $1 != nil })
    else { return row.strategy }
    return "\(row.strategy) with \(Humanize.plural(Int(workers), "worker"))"
  }
}
