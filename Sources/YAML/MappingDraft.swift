/// The entries of a mapping that is being read.
struct MappingDraft {
  private var entries: [Node.Entry] = []
  private var lineOfKey: [String: Int] = [:]
  /// The `<<` key: where it stands among the entries, and the mappings it names.
  private var merge: (position: Int, line: Int, mappings: [[Node.Entry]])?

  /// Adds a pair as it was read; what can't be added is noted and left out.
  mutating func add(_ key: Node, _ value: Node, problems: inout ProblemLog) throws(Fault.Located) {
    guard case .scalar(let scalar) = key.content else {
      return try problems.note(.keyNotText(kind: key.kindName), at: key.span)
    }
    guard scalar.text.utf8.count <= keyLengthLimit else {
      return try problems.note(.keyTooLong(limit: keyLengthLimit), at: key.span)
    }
    if scalar.isPlain && scalar.text == "<<" {
      return try addMerge(key, value, problems: &problems)
    }
    if let line = lineOfKey[scalar.text] {
      return try problems.note(.duplicateKey(scalar.text, firstLine: line), at: key.span)
    }
    lineOfKey[scalar.text] = key.span.start.line
    entries.append(Node.Entry(key: key, keyText: scalar.text, value: value))
  }

  private mutating func addMerge(_ key: Node, _ value: Node, problems: inout ProblemLog) throws(Fault.Located) {
    if let merge {
      return try problems.note(.duplicateMerge(firstLine: merge.line), at: key.span)
    }
    var mappings: [[Node.Entry]] = []
    for node in value.sequence ?? [value] {
      if let entries = node.entries {
        mappings.append(entries)
      } else if !problems.concerns(node.span) {
        try problems.note(.mergeOfNonMapping(kind: node.kindName), at: node.span)
      }
    }
    merge = (entries.count, key.span.start.line, mappings)
  }

  /// All entries; merged ones stand where the merge key stood. An entry of the mapping itself wins over a merged one, and
  /// of merged ones the first.
  func finish() -> [Node.Entry] {
    guard let merge else { return entries }
    var taken = Set(entries.map(\.keyText))
    var merged: [Node.Entry] = []
    for entry in merge.mappings.joined() where taken.insert(entry.keyText).inserted {
      merged.append(entry)
    }
    return entries[..<merge.position] + merged + entries[merge.position...]
  }
}

/// Swift compares and hashes texts up to canonical equivalence, which is quadratic in a run of combining marks: a key of
/// a million of them would take hours.
private let keyLengthLimit = 1024
