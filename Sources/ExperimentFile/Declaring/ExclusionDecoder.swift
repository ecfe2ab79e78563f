internal import Model
internal import YAML

/// A decoder of `exclude:`, a list of mappings from labels and axes to a value, a comparison, or a list of them.
struct ExclusionDecoder {
  let reader: ValueReader

  func decode(_ node: Node) -> [Exclusion] {
    guard let items = node.sequence else {
      reader.log.error(
        node, "'exclude' must be a list of mappings, and this is \(node.kindName)",
        hint: "exclude: [{ strategy: threads, max_workers: \">8\" }]")
      return []
    }
    return items.enumerated().compactMap { index, item in
      guard let entries = item.entries, !entries.isEmpty else {
        let what = item.entries == nil ? item.kindName : "empty"
        reader.log.error(item, "an exclusion is a mapping of labels and axes, and this is \(what)")
        return nil
      }
      let conditions = entries.compactMap { condition($0) }
      guard conditions.count == entries.count else { return nil }
      return Exclusion(conditions: conditions, node: item, index: index)
    }
  }

  private func condition(_ entry: Node.Entry) -> Condition? {
    let nodes = entry.value.sequence ?? [entry.value]
    // A workload is called null, and so a missing value is its name there.
    let isLabel = ["workload", "strategy"].contains(entry.keyText)
    let texts = nodes.compactMap { node in
      if isLabel, node.isNull, let text = node.text, !text.isEmpty { return "null" }
      return reader.read(node, as: .string, name: entry.keyText)?.string
    }
    guard texts.count == nodes.count, !texts.isEmpty else { return nil }
    let tests = texts.map { Condition.Test($0) }
    for (test, node) in zip(tests, nodes) {
      guard let objection = test.objection else { continue }
      reader.log.error(node, "no condition: \(objection)", hint: "write a value, \">8\" or \"!=4\"")
      return nil
    }
    return Condition(key: entry.keyText, tests: tests)
  }
}
