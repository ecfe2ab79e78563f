internal import Model
internal import YAML

/// Which cell each cell is compared with: that of the baseline's strategy, for the same work.
enum Baselines {
  /// The label that the file names; else `sync`; else the first strategy.
  private static func label(_ declaration: Declaration) -> String? {
    if let baseline = declaration.baseline { return baseline.label }
    if declaration.strategies.contains(where: { $0.label == "sync" }) { return "sync" }
    return declaration.strategies.first?.label
  }

  /// Sets every cell's baseline. Returns the label that is used, if one can be.
  static func assign(
    _ cells: inout [Cell], _ declaration: Declaration, axes: [Axis], _ diagnostics: inout Diagnostics
  ) -> String? {
    guard let label = label(declaration) else { return nil }
    let node = declaration.baseline?.node ?? declaration.strategies.first { $0.label == label }?.node
    let shared = axes.indices.filter { axes[$0].side == .work }
    var byWork: [String: [Int: [String: Int]]] = [:]
    for index in cells.indices where cells[index].strategy == label {
      let mask = mask(cells[index], shared)
      let key = key(cells[index], shared, mask)
      if let other = byWork[cells[index].workload]?[mask]?[key] {
        guard declaration.baseline != nil else {
          diagnostics.add(
            Diagnostic(
              .warning, declaration.root.source, node?.span,
              "no baseline: '\(label)' has several cells for the same work",
              hint: "name a strategy that has a single cell: baseline: …"))
          return nil
        }
        diagnostics.add(
          Diagnostic(
            .error, declaration.root.source, node?.span,
            "the baseline '\(label)' has two cells for the same work: \(cells[other].id) and \(cells[index].id)",
            hint: "give the baseline one level only"))
        return nil
      }
      byWork[cells[index].workload, default: [:]][mask, default: [:]][key] = index
    }
    if declaration.baseline == nil, label != "sync", declaration.strategies.count > 1, let node {
      diagnostics.warning(
        node, "no baseline named: the others are compared with '\(label)'", hint: "baseline: \(label)")
    }
    defer { warnOfMissing(label, cells, node, &diagnostics) }
    for index in cells.indices {
      let own = mask(cells[index], shared)
      // Only the axes that the baseline's cell has must agree.
      let candidates = (byWork[cells[index].workload] ?? [:]).compactMap { mask, known in
        mask & own == mask ? known[key(cells[index], shared, mask)] : nil
      }
      cells[index].baseline = candidates.count == 1 ? candidates[0] : nil
    }
    return label
  }

  /// Work that the baseline doesn't do is compared with nothing.
  private static func warnOfMissing(
    _ label: String, _ cells: [Cell], _ node: Node?, _ diagnostics: inout Diagnostics
  ) {
    var told: Set<String> = []
    for cell in cells where cell.baseline == nil && told.insert(cell.workload).inserted {
      guard let node else { return }
      diagnostics.warning(node, "the baseline '\(label)' has no cell for the work of \(cell.id): it has no speedup")
    }
  }

  /// Which of the shared axes a cell has, a bit each.
  private static func mask(_ cell: Cell, _ shared: [Int]) -> Int {
    shared.enumerated().reduce(0) { cell.levels[$1.element] == nil ? $0 : $0 | 1 << $1.offset }
  }

  private static func key(_ cell: Cell, _ shared: [Int], _ mask: Int) -> String {
    var key = ""
    for (offset, axis) in shared.enumerated() where mask & 1 << offset != 0 {
      key += cell.levels[axis]?.text ?? ""
      key += "\n"
    }
    return key
  }
}
