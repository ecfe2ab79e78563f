internal import Model
internal import YAML

/// A decoder of `env:`. A variable that refers to what differs from cell to cell is one of each cell.
struct EnvironmentDecoder {
  let reader: ValueReader

  func decode(_ node: Node, into declaration: inout Declaration) {
    guard reader.read(node, as: FileSettings.environment) != nil else { return }
    for entry in node.entries ?? [] {
      guard Template.isName(entry.keyText) else {
        reader.log.error(entry.key, "'\(entry.keyText)' can't be the name of an environment variable")
        continue
      }
      switch reader.cellTexts([entry.value]) {
      case .same(let texts): declaration.environment[entry.keyText] = texts.first
      case .different(let references):
        declaration.cellTexts.append(
          CellText(place: .environment(entry.keyText), texts: [entry.value], references: references))
      case nil: break
      }
    }
  }
}

/// Texts that stand for every trial.
enum TrialTexts {
  /// They are the same for all, and these.
  case same([String])
  /// They refer to what differs from cell to cell.
  case different([Template.Reference])
}

extension ValueReader {
  /// Reads texts of trials. Returns `nil` after an error in the texts themselves; their names aren't checked.
  func cellTexts(_ nodes: [Node]) -> TrialTexts? {
    let bad = nodes.flatMap(\.scalars).filter { scalar in
      log.report { () throws(Unreadable) in try Template.references(in: scalar) } == nil
    }
    guard bad.isEmpty else { return nil }
    let references = nodes.flatMap(references)
    if references.contains(where: { scope.texts[$0.name] == nil }) { return .different(references) }
    used.add(references.map(\.name))
    return .same(nodes.compactMap { Template.fill($0, from: scope.texts, late: [.origin]).text })
  }
}
