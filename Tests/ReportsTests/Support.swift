import Model
import Reports
import Statistics

/// An axis of the work, one of a strategy, and the workers.
let axes = [
  Axis(name: "size", side: .work), Axis(name: "chunk_size", side: .strategy),
  Axis(name: ParameterName.maxWorkers, side: .strategy),
]

/// The statistics of one cell.
func summary(
  _ strategy: String, size: String = "1KiB", workers: Int? = nil, wall: Double?, work: String = "web",
  edit: (inout Summary) -> Void = { _ in }
) -> Summary {
  let levels =
    [CellID.AxisLevel(axis: "size", text: size)]
    + (workers.map { [.init(axis: ParameterName.maxWorkers, text: String($0))] } ?? [])
  var row = Summary(
    cellID: CellID(workload: work, strategy: strategy, levels: levels).text, workload: work, strategy: strategy,
    levels: [.string(size), nil, workers.map(Value.integer)])
  row.isSound = wall != nil
  row[.count] = 10
  row[.failed] = wall == nil ? 10 : 0
  row[.workers] = workers.map { Double(min($0, 8)) } ?? 1
  row[.wallMedian] = wall
  row[.wallCILow] = wall.map { $0 * 0.99 }
  row[.wallCIHigh] = wall.map { $0 * 1.02 }
  row[.tasksPerSecond] = wall.map { 160 / $0 }
  row[.speedupVsBaseline] = wall.map { 1.6 / $0 }
  row[.speedupVsBaselineCILow] = wall.map { 1.5 / $0 }
  row[.speedupVsBaselineCIHigh] = wall.map { 1.7 / $0 }
  row[.speedupSimultaneousLow] = wall.map { 1.4 / $0 }
  row[.speedupSimultaneousHigh] = wall.map { 1.8 / $0 }
  row.isRecommended = wall == nil ? nil : workers == 4
  edit(&row)
  return row
}

/// A report on these cells.
func report(
  _ rows: [Summary], baseline: String? = "sync", makesClaims: Bool = true, metrics: [String] = [],
  warnings: [RunWarning] = []
) -> ResultReport {
  var analysis = Analysis()
  analysis.cells = rows
  analysis.warnings = warnings
  return ResultReport(
    title: "scaling", axes: axes, metrics: metrics, baseline: baseline, makesClaims: makesClaims, analysis: analysis)
}
