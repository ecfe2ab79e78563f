package import Model
package import Results
package import Statistics

/// A comparison of the embedded server's counts with those of its clients, trial by trial.
package struct OriginAudit {
  private let cells: [String: Cell]
  private let secrets: Secrets
  private var reconciliations: [String: Reconciliation] = [:]
  private var order: [String] = []
  private var loads: [String: Load] = [:]
  /// The number of ok trials that used the server, and have no counts of it.
  private var untold = 0

  /// The server's load in the trials of a cell, in seconds.
  private struct Load {
    var cpu = 0.0
    var available = 0.0

    /// True if the server was busy for 90 % of the time. Under 50 ms, its CPU time isn't known well enough.
    var isLimit: Bool { available >= 0.05 && cpu > 0.9 * available }
  }

  /// Takes the plan of the file, with its references to the server not yet replaced.
  package init(_ plan: Plan) {
    secrets = plan.secrets
    cells = Dictionary(plan.cells.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
  }

  /// Adds a trial.
  ///
  /// - Parameter report: the server's counts; `nil` if it gave none.
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
    reconciliations[cell.id, default: Reconciliation(cellID: cell.id)]
      .add(report, trial, isOurs: isOurs(cell), bodyBytes: bodyBytes(of: cell))
  }

  /// Returns whether every task of the cell is a request to the server.
  private func isOurs(_ cell: Cell) -> Bool {
    cell.requestItems?.allSatisfy { $0.string?.hasPrefix(LateReference.origin.text) == true } ?? false
  }

  /// Returns the size of each request's body as it is sent; `nil` if it depends on the server's URL.
  private func bodyBytes(of cell: Cell) -> Int? {
    guard let body = cell.requestBody else { return 0 }
    if let file = FileContent(body) { return file.bytes }
    guard let text = body.string, !LateReference.origin.isReferred(in: text) else { return nil }
    return secrets.reveal(LateReference.origin.replaced(in: text, by: nil)).utf8.count
  }

  /// The counts of both sides for each cell; `nil` if no ok trial used the server.
  package var reconciliation: [Reconciliation]? {
    order.isEmpty ? nil : order.compactMap { reconciliations[$0] }
  }

  /// Warnings about the trials so far: differing counts, missing counts, and a busy server.
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
