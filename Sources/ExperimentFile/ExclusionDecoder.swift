internal import Model
internal import YAML

/// Reads `exclude:`: a list of mappings from labels and axes to a value, a comparison, or a list of them.
struct ExclusionDecoder {
  func decode(_ node: Node, _ diagnostics: inout Diagnostics) -> [Exclusion] {
    guard let items = node.sequence else {
      diagnostics.error(
        node, "'exclude' must be a list of mappings, and this is \(node.kindName)",
        hint: "exclude: [{ strategy: threads, max_workers: \">8\" }]")
      return []
    }
    return items.enumerated().compactMap { index, item in
      guard let entries = item.entries, !entries.isEmpty else {
        let what = item.entries == nil ? item.kindName : "empty"
        diagnostics.error(item, "an exclusion is a mapping of labels and axes, and this is \(what)")
        return nil
      }
      let conditions = entries.compactMap { condition($0, &diagnostics) }
      guard conditions.count == entries.count else { return nil }
      return Exclusion(conditions: conditions, node: item, index: index)
    }
  }

  private func condition(_ entry: Node.Entry, _ diagnostics: inout Diagnostics) -> Condition? {
    let nodes = entry.value.sequence ?? [entry.value]
    let texts = nodes.compactMap { diagnostics.read($0, as: .string, name: entry.keyText)?.string }
    guard texts.count == nodes.count, !texts.isEmpty else { return nil }
    let tests = texts.map { Condition.Test($0) }
    for (test, node) in zip(tests, nodes) {
      guard let objection = test.objection else { continue }
      diagnostics.error(node, "no condition: \(objection)", hint: "write a value, \">8\" or \"!=4\"")
      return nil
    }
    return Condition(key: entry.keyText, tests: tests)
  }

  /// Reports conditions that can't be meant: on labels and axes that aren't there.
  static func check(
    _ exclusions: [Exclusion], _ declaration: Declaration, axes: [Axis], _ diagnostics: inout Diagnostics
  ) {
    let labels = [
      "workload": declaration.workloads.map(\.label)
        + (declaration.strategies.contains { !$0.plugin.needsWorkload } ? [Expansion.ownWorkLabel] : []),
      "strategy": declaration.strategies.map(\.label),
    ]
    for exclusion in exclusions {
      for condition in exclusion.conditions {
        let entry = exclusion.node.entries?.first { $0.keyText == condition.key }
        if let known = labels[condition.key] {
          for (index, test) in condition.tests.enumerated() where !known.contains(test.operand) {
            diagnostics.error(
              entry?.value.sequence?[index] ?? entry?.value ?? exclusion.node,
              "no \(condition.key) is called '\(test.operand)'",
              hint: Spelling.hint(for: test.operand, among: known))
          }
        } else if !axes.contains(where: { $0.name == condition.key }) {
          diagnostics.error(
            entry?.key ?? exclusion.node, "'\(condition.key)' is not an axis of this experiment",
            hint: Spelling.hint(for: condition.key, among: ["workload", "strategy"] + axes.map(\.name)))
        }
      }
    }
  }
}
