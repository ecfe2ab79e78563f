internal import Model
internal import YAML

/// A decoder of `hooks:`, commands around the run and its trials.
struct HookDecoder {
  let reader: ValueReader

  private var log: DiagnosticLog { reader.log }

  func decode(_ node: Node) -> Hooks {
    var hooks = Hooks()
    guard let entries = node.entries else {
      log.error(node, "'hooks' must be a mapping, and this is \(node.kindName)")
      return hooks
    }
    for entry in entries {
      guard let moment = Hooks.Moment(rawValue: entry.keyText) else {
        log.error(
          entry.key, "unknown hook '\(entry.keyText)'",
          hint: Spelling.hint(for: entry.keyText, among: Hooks.Moment.allCases.map(\.rawValue)))
        continue
      }
      if entry.value.text != nil {
        log.error(
          entry.value, "the hook '\(entry.keyText)' must be a list: a program and its arguments",
          hint: "there is no shell; [sh, -c, \"…\"] brings one")
      } else if let words = reader.read(entry.value, as: .list(.string), name: entry.keyText)?.list {
        guard let program = words.first?.string, !program.isEmpty else {
          log.error(entry.value, "the hook '\(entry.keyText)' names no program")
          continue
        }
        hooks.commands[moment] = words.compactMap(\.string)
      }
    }
    return hooks
  }
}
