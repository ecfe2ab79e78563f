internal import Model
internal import YAML

/// A decoder of `hooks:`, commands around the run and its trials.
struct HookDecoder {
  let reader: ValueReader

  private var log: DiagnosticLog { reader.log }

  func decode(_ node: Node, into declaration: inout Declaration) {
    guard let entries = node.entries else {
      log.error(node, "'hooks' must be a mapping, and this is \(node.kindName)")
      return
    }
    for entry in entries {
      guard let moment = Hooks.Moment(rawValue: entry.keyText) else {
        log.error(
          entry.key, "unknown hook '\(entry.keyText)'",
          hint: Spelling.hint(for: entry.keyText, among: Hooks.Moment.allCases.map(\.rawValue)))
        continue
      }
      guard let words = words(of: entry) else { continue }
      switch moment {
      case .beforeRun, .afterRun: decode(words, of: entry.value, as: moment, into: &declaration)
      case .beforeTrial, .afterTrial:
        switch reader.cellTexts(words) {
        case .same(let texts): declaration.hooks.commands[moment] = texts
        case .different(let references):
          declaration.cellTexts.append(CellText(place: .hook(moment), texts: words, references: references))
        case nil: break
        }
      }
    }
  }

  private func words(of entry: Node.Entry) -> [Node]? {
    if entry.value.text != nil {
      log.error(
        entry.value, "the hook '\(entry.keyText)' must be a list: a program and its arguments",
        hint: "there is no shell; [sh, -c, \"…\"] brings one")
      return nil
    }
    guard let words = reader.read(entry.value, as: .list(.string), name: entry.keyText)?.list else { return nil }
    guard let program = words.first?.string, !program.isEmpty else {
      log.error(entry.value, "the hook '\(entry.keyText)' names no program")
      return nil
    }
    return entry.value.sequence
  }

  /// Reads a hook of the run, which has no cell.
  private func decode(
    _ words: [Node], of node: Node, as moment: Hooks.Moment, into declaration: inout Declaration
  ) {
    guard let filled = reader.filled(node, late: [.origin]) else { return }
    let texts = filled.sequence?.compactMap(\.text) ?? []
    declaration.hooks.commands[moment] = texts
    for (text, word) in zip(texts, words) where LateReference.origin.isReferred(in: text) {
      declaration.hooksWithOrigin.append(word)
    }
  }
}
