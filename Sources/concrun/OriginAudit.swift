internal import Model
internal import Results

/// Compares what the embedded server counted with what its clients did, trial by trial.
struct OriginAudit {
  private let cells: [String: Cell]
  private var reconciliations: [String: Reconciliation] = [:]
  private var order: [String] = []
  /// By cell: for each trial, the share of the time that the server's threads were busy.
  private var loads: [String: [Double]] = [:]
  /// A server that is busy for more of the time than this is what was measured.
  private static let highLoad = 0.9

  /// - Parameters:
  ///   - plan: as the file has it, its references to the server not yet replaced.
  ///   - earlier: what a run that is gone on with has counted before.
  init(_ plan: Plan, earlier: [Reconciliation]) {
    cells = Dictionary(plan.cells.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
    catalog = plan.catalog
    for known in earlier {
      reconciliations[known.cellID] = known
      order.append(known.cellID)
    }
  }

  private let catalog: Catalog

  mutating func add(_ report: OriginReport?, _ trial: Trial) {
    guard let report, let cell = cells[trial.cellID] else { return }
    if let wall = trial.measures[.wall], wall > 0 {
      let threads = Double(OriginParameters.threads(cell.origin ?? [:]))
      loads[cell.id, default: []].append(report.cpuSeconds / (wall * threads))
    }
    guard trial.status == .ok, trial.tasksFailed == 0 else { return }
    if reconciliations[cell.id] == nil { order.append(cell.id) }
    reconciliations[cell.id, default: Reconciliation(cellID: cell.id)].add(report, trial, isOurs: isOurs(cell))
  }

  /// Whether every task of the cell is a request to the server.
  private func isOurs(_ cell: Cell) -> Bool {
    guard let work = cell.workloadPlugin, let plugin = catalog.workload(work.plugin), plugin.sendsRequests else {
      return false
    }
    let items = plugin.itemsParameters.compactMap { work.parameters[$0]?.list }.first ?? []
    return items.allSatisfy { $0.string?.hasPrefix(originReference) == true }
  }

  var reconciliation: [Reconciliation]? {
    order.isEmpty ? nil : order.compactMap { reconciliations[$0] }
  }

  var warnings: [String] {
    let mismatches = order.compactMap { reconciliations[$0]?.mismatch }
    let busy = loads.filter { _, shares in Self.median(shares) > Self.highLoad }.map(\.key).sorted()
    guard let first = busy.first else { return mismatches }
    let others = busy.count > 1 ? " and \(Humanize.plural(busy.count - 1, "other cell"))" : ""
    return mismatches + [
      "\(first)\(others): the origin was busy nearly all the time: it was the limit, not the strategy (origin: threads)"
    ]
  }

  private static func median(_ values: [Double]) -> Double {
    let sorted = values.sorted()
    return (sorted[(sorted.count - 1) / 2] + sorted[sorted.count / 2]) / 2
  }
}
