internal import Model
internal import YAML

/// The assignment of a baseline to each cell: the cell of the baseline's strategy, for the same work.
struct Baselines {
  let declaration: Declaration
  let axes: [Axis]
  let log: DiagnosticLog

  /// The label that the file names; else `sync`; else the first strategy.
  private var label: String? {
    if let baseline = declaration.baseline { return baseline.label }
    if declaration.strategies.contains(where: { $0.label == "sync" }) { return "sync" }
    return declaration.strategies.first?.label
  }

  /// Sets every cell's baseline. Returns the label of the baseline's strategy, if there can be one.
  func assign(to cells: inout [Cell]) -> String? {
    guard let label else { return nil }
    let node = declaration.baseline?.node ?? declaration.strategies.first { $0.label == label }?.node
    let shared = axes.indices.filter { axes[$0].side == .work }
    var byWork: [String: [Int: [String: Int]]] = [:]
    for index in cells.indices where cells[index].strategy == label {
      let mask = mask(of: cells[index], shared: shared)
      let key = key(of: cells[index], shared: shared, mask: mask)
      if let other = byWork[cells[index].workload]?[mask]?[key] {
        guard declaration.baseline != nil else {
          log.add(
            Diagnostic(
              .warning, in: declaration.root.source, at: node?.span,
              "no baseline: '\(label)' has several cells for the same work",
              hint: "name a strategy that has a single cell: baseline: …"))
          return nil
        }
        log.add(
          Diagnostic(
            .error, in: declaration.root.source, at: node?.span,
            "the baseline '\(label)' has two cells for the same work: \(cells[other].id) and \(cells[index].id)",
            hint: "give the baseline one level only"))
        return nil
      }
      byWork[cells[index].workload, default: [:]][mask, default: [:]][key] = index
    }
    if declaration.baseline == nil, label != "sync", declaration.strategies.count > 1, let node {
      log.warning(
        node, "no baseline named: the others are compared with '\(label)'", hint: "baseline: \(label)")
    }
    defer { warnOfMissing(label, cells: cells, at: node) }
    for index in cells.indices {
      let own = mask(of: cells[index], shared: shared)
      // Only the axes that the baseline's cell has must agree.
      let candidates = (byWork[cells[index].workload] ?? [:]).compactMap { mask, known in
        mask & own == mask ? known[key(of: cells[index], shared: shared, mask: mask)] : nil
      }
      cells[index].baseline = candidates.count == 1 ? candidates[0] : nil
    }
    return label
  }

  /// Warns of work that the baseline doesn't do: it is compared with nothing.
  private func warnOfMissing(_ label: String, cells: [Cell], at node: Node?) {
    var told: Set<String> = []
    for cell in cells where cell.baseline == nil && told.insert(cell.workload).inserted {
      guard let node else { return }
      log.warning(node, "the baseline '\(label)' has no cell for the work of \(cell.id): it has no speedup")
    }
  }

  /// Returns a bit for each of the shared axes that a cell has.
  private func mask(of cell: Cell, shared: [Int]) -> Int {
    shared.enumerated().reduce(0) { cell.levels[$1.element] == nil ? $0 : $0 | 1 << $1.offset }
  }

  private func key(of cell: Cell, shared: [Int], mask: Int) -> String {
    var key = ""
    for (offset, axis) in shared.enumerated() where mask & 1 << offset != 0 {
      key += cell.levels[axis]?.text ?? ""
      key += "\n"
    }
    return key
  }
}
