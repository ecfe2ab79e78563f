internal import YAML

/// The short form of `workloads:` and `strategies:`, a list of names: `[sync, { threads: { max_workers: 4 } }]`.
extension Node {
  /// The same file with mappings in place of such lists, so that nothing else has to know them.
  ///
  /// A list that has a mistake stays, for the decoder to report it.
  var withLabels: Node {
    guard let entries else { return self }
    var result = self
    result.content = .mapping(
      entries.map { entry in
        let isShort = [FileKey.workloads, .strategies].contains(FileKey(rawValue: entry.keyText))
        return isShort
          ? Node.Entry(key: entry.key, keyText: entry.keyText, value: entry.value.labels ?? entry.value) : entry
      })
    return result
  }

  /// A mapping of the labels in this list; `nil` if it isn't a list of labels that differ.
  private var labels: Node? {
    guard let items = sequence else { return nil }
    let entries = items.map(\.labelEntries)
    let all = entries.compactMap(\.self).joined()
    guard !entries.contains(where: { $0 == nil }), Set(all.map(\.keyText)).count == all.count else { return nil }
    var labels = self
    labels.content = .mapping(Array(all))
    return labels
  }

  /// The labels of one item: a name alone, or those of a mapping. `nil` if it is neither.
  var labelEntries: [Node.Entry]? {
    if let entries { return entries }
    guard let text else { return nil }
    // A workload is called null, and so a missing value is its name here.
    let name = isNull && !text.isEmpty ? "null" : text
    guard !name.isEmpty else { return nil }
    var nothing = self
    nothing.content = .scalar(Node.Scalar(text: "", isPlain: true))
    nothing.span.start = span.end
    return [Node.Entry(key: self, keyText: name, value: nothing)]
  }
}
