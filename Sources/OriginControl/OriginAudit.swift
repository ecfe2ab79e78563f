package import Model
package import Results
package import Statistics

/// Compares what the embedded server counted with what its clients did, trial by trial.
package struct OriginAudit {
  private let cells: [String: Cell]
  private var reconciliations: [String: Reconciliation] = [:]
  private var order: [String] = []
  private var loads: [String: Load] = [:]
  /// Trials that used the server and were ok, and of which it told nothing.
  private var untold = 0

  /// How busy the server was in the trials of a cell, in seconds.
  private struct Load {
    var cpu = 0.0
    var available = 0.0

    /// A server that is busy for more of the time than this is what was measured; under 50 ms, its CPU time isn't known
    /// well enough.
    var isLimit: Bool { available >= 0.05 && cpu > 0.9 * available }
  }

  /// - Parameter plan: as the file has it, its references to the server not yet replaced.
  package init(_ plan: Plan) {
    cells = Dictionary(plan.cells.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
  }

  /// Adds a trial.
  ///
  /// - Parameter report: the server's counts; `nil` where it told none.
  package mutating func add(_ report: OriginReport?, _ trial: Trial) {
    guard let cell = cells[trial.cellID], let settings = cell.origin else { return }
    let isWhole = trial.status == .ok && trial.tasksFailed == 0
    guard let report else {
      untold += isWhole ? 1 : 0
      return
    }
    loads[cell.id, default: Load()].cpu += report.cpuSeconds
    loads[cell.id, default: Load()].available += report.elapsedSeconds * Double(OriginParameters.threads(settings))
    guard isWhole else { return }
    if reconciliations[cell.id] == nil { order.append(cell.id) }
    reconciliations[cell.id, default: Reconciliation(cellID: cell.id)].add(report, trial, isOurs: isOurs(cell))
  }

  /// Whether every task of the cell is a request to the server.
  private func isOurs(_ cell: Cell) -> Bool {
    cell.requestItems?.allSatisfy { $0.string?.hasPrefix(originReference) == true } ?? false
  }

  /// The counts of both sides, a cell each; `nil` where the server wasn't used.
  package var reconciliation: [Reconciliation]? {
    order.isEmpty ? nil : order.compactMap { reconciliations[$0] }
  }

  /// Warnings for the whole run so far.
  package var warnings: [RunWarning] {
    var warnings: [RunWarning] = []
    let differing = order.filter { reconciliations[$0]?.mismatch != nil }
    if let first = differing.first, let how = reconciliations[first]?.mismatch {
      warnings.append(.originDiffers(differing, how))
    }
    if untold > 0 { warnings.append(.originSilent(trials: untold)) }
    let busy = loads.filter(\.value.isLimit).map(\.key).sorted()
    if !busy.isEmpty { warnings.append(.originSaturated(busy)) }
    return warnings
  }
}
