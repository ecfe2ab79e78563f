internal import Model
internal import YAML

/// A decoder of `sweep:`, axes for every strategy that has the parameter and doesn't set it.
struct SweepDecoder {
  let variables: [Variable]
  /// False if there are strategies whose parameters aren't known.
  let isComplete: Bool
  let reader: ValueReader

  private var log: DiagnosticLog { reader.log }

  func decode(_ node: Node, into strategies: inout [PluginUse]) {
    guard let entries = node.entries else {
      log.error(
        node, "'sweep' must be a mapping, and this is \(node.kindName)", hint: "sweep: { max_workers: [1, 2, 4] }")
      return
    }
    for entry in entries {
      let having = strategies.indices.filter { strategies[$0].plugin.parameter(entry.keyText) != nil }
      if having.isEmpty, isComplete {
        let known = Set(strategies.flatMap { $0.plugin.parameters.map(\.name) })
        log.error(
          entry.key, "no strategy of this file has a parameter '\(entry.keyText)'",
          hint: Spelling.hint(for: entry.keyText, among: known.sorted()))
      }
      for index in having where strategies[index].setting(entry.keyText) == nil {
        guard let schema = strategies[index].plugin.parameter(entry.keyText),
          let setting = Setting(schema, at: entry.value, variables: variables, reader: reader)
        else {
          strategies[index].isWhole = false
          continue
        }
        strategies[index].settings.append(setting)
      }
    }
  }
}
