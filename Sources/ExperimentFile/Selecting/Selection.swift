internal import Model
internal import YAML

/// The choice of the cells to run: not excluded, and wanted by `--only`.
///
/// `--only` never takes away the baseline of a cell that stays.
struct Selection {
  let exclusions: [Exclusion]
  let only: [Condition]
  let axes: [Axis]
  let log: DiagnosticLog
  private static let notWanted = "--only"

  /// Splits cells into those that stay, with their baselines among themselves, and the others.
  func apply(to cells: [Cell]) -> (kept: [Cell], excluded: [ExcludedCell]) {
    if exclusions.isEmpty, only.isEmpty { return (cells, []) }
    var hits = exclusions.map { _ in 0 }
    var excluding = ConditionTable(exclusions.map(\.conditions), axes: axes, lackIsMatch: false)
    var wanting = ConditionTable([only], axes: axes, lackIsMatch: true)
    let words = exclusions.map { "exclude[\($0.index)]" }
    var reasons = cells.map { cell -> String? in
      let rules = exclusions.isEmpty ? [] : excluding.rules(for: cell).numbers
      for rule in rules { hits[rule] += 1 }
      if let first = rules.first { return words[first] }
      return only.isEmpty || !wanting.rules(for: cell).isEmpty ? nil : Self.notWanted
    }
    for (exclusion, count) in zip(exclusions, hits) where count == 0 {
      log.warning(exclusion.node, "this excludes nothing")
    }
    for index in cells.indices where reasons[index] == nil {
      // A baseline that `exclude` took stays out: the file says so.
      if let baseline = cells[index].baseline, reasons[baseline] == Self.notWanted { reasons[baseline] = nil }
    }
    var places: [Int?] = []
    var kept = 0
    for reason in reasons {
      places.append(reason == nil ? kept : nil)
      kept += reason == nil ? 1 : 0
    }
    var result: [Cell] = []
    result.reserveCapacity(kept)
    var excluded: [ExcludedCell] = []
    for (index, reason) in reasons.enumerated() {
      if let reason {
        excluded.append(ExcludedCell(cells[index], reason: reason))
      } else {
        var cell = cells[index]
        cell.baseline = cell.baseline.flatMap { places[$0] }
        result.append(cell)
      }
    }
    return (result, excluded)
  }
}
