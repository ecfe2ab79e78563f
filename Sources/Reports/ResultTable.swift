internal import Model
internal import Statistics

/// The table of one workload's cells.
struct ResultTable {
  let report: ResultReport
  /// The cells of one workload.
  let rows: [Summary]

  /// The table; columns that are empty in every row are left out.
  var table: TextTable {
    let shown = axes.indices.filter { index in
      axes[index].name != ParameterName.maxWorkers && rows.contains { $0.levels[index] != nil }
    }
    return (rows.contains(where: \.isOpenLoop) ? latencies(shown) : times(shown)).compacted
  }

  private var axes: [Axis] { report.axes }
  private var metrics: [String] { report.metrics }

  /// Returns a table of latencies for an open loop, whose schedule decides the wall time.
  ///
  /// - Parameter shown: indices of the axes that are columns.
  private func latencies(_ shown: [Int]) -> TextTable {
    var table = TextTable(
      [("strategy", .left)] + shown.map { (axes[$0].name, .right) }
        + [
          ("workers", .right), ("tasks/s", .right), ("task p50", .right), ("task p99", .right),
          ("response p50", .right), ("response p99", .right), ("failed", .right),
        ])
    table.rows = rows.map { row in
      let id = CellID(row.cellID)
      let failed = row[.failed] ?? 0
      let columns: [SummaryColumn] = [.taskP50, .taskP99, .responseP50, .responseP99]
      return [row.strategy] + shown.map { id.level(of: axes[$0].name) ?? "" }
        + [workersText(row), row[.tasksPerSecond].map(Humanize.count) ?? ""]
        + columns.map { row[$0].map { Humanize.seconds($0) } ?? "–" } + [failed > 0 ? String(shortest: failed) : ""]
    }
    return table
  }

  private func times(_ shown: [Int]) -> TextTable {
    var table = TextTable(
      [("strategy", .left)] + shown.map { (axes[$0].name, .right) }
        + [
          ("workers", .right), ("median", .right), ("95 % CI", .left), ("speedup", .right), ("95 % CI", .left),
          ("tasks/s", .right),
        ] + metrics.map { ($0, .right) } + [("failed", .right), ("", .left)])
    let choices = Dictionary(grouping: rows, by: choice).mapValues(\.count)
    table.rows = rows.map { row in
      let failed = row[.failed] ?? 0
      let id = CellID(row.cellID)
      return [row.strategy] + shown.map { id.level(of: axes[$0].name) ?? "" }
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
    return table
  }

  /// Returns the number of workers that the cell asks for, and in brackets a smaller number that had tasks.
  private func workersText(_ row: Summary) -> String {
    guard let workers = workers(row) else { return "" }
    guard let used = row[.workers].map({ Int($0) }), used < workers else { return String(workers) }
    return "\(workers) (\(used))"
  }

  /// Returns the number of workers that the cell asks for, or the measured one if it asks for none.
  private func workers(_ row: Summary) -> Int? {
    report.configuredWorkers(row) ?? row[.workers].map { Int($0) }
  }

  /// Returns a key of strategy and work. A level is marked as recommended only if its key has several levels.
  private func choice(_ row: Summary) -> [String] {
    let shared = axes.indices.filter { axes[$0].side == .work }
    return [row.workload, row.strategy] + shared.map { row.levels[$0]?.description ?? "" }
  }

  /// Returns the cell's own columns. A name that ends in `_s` means a time in seconds.
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
}
