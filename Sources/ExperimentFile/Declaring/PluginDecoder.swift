internal import Model
internal import YAML

/// A decoder of `workloads:` or `strategies:`.
struct PluginDecoder {
  let kind: PluginDescription.Kind
  let available: [PluginDescription]
  let reader: ValueReader

  private var log: DiagnosticLog { reader.log }

  func decode(_ node: Node) -> [PluginUse] {
    let key = kind == .workload ? "workloads" : "strategies"
    guard let entries = node.entries else {
      log.error(
        node, "'\(key)' must be a mapping of labels, and this is \(node.kindName)",
        hint: kind == .workload ? "workloads: { squares: { plugin: sum_of_squares } }" : "strategies: { sync: }")
      return []
    }
    return entries.compactMap { use($0) }
  }

  private func use(_ entry: Node.Entry) -> PluginUse? {
    if let objection = Label.objection(to: entry.keyText) {
      log.error(entry.key, objection)
    }
    guard entry.value.entries != nil || entry.value.isNull else {
      log.error(
        entry.value,
        "\(kind.rawValue) '\(entry.keyText)' must be a mapping of parameters, and this is \(entry.value.kindName)")
      return nil
    }
    let pluginNode = entry.value[ParameterName.plugin] ?? entry.key
    guard let name = pluginNode.text, let plugin = available.first(where: { $0.name == name }) else {
      log.error(
        pluginNode, "unknown \(kind.rawValue) '\(pluginNode.text ?? "")'",
        hint: Spelling.closest(to: pluginNode.text ?? "", among: available.map(\.name)).map { "did you mean '\($0)'?" }
          ?? (entry.value[ParameterName.plugin] == nil ? "name its plugin: " : "known: ")
          + available.map(\.name).joined(separator: ", ")
          + (kind == .strategy ? "; plugins/ and CONCRUN_PLUGIN_PATH have none of that name" : ""))
      return nil
    }
    var use = PluginUse(label: entry.keyText, node: entry.key, plugin: plugin)
    for parameter in entry.value.entries ?? [] where parameter.keyText != ParameterName.plugin {
      guard let schema = plugin.parameter(parameter.keyText) else {
        log.error(
          parameter.key, "unknown key '\(parameter.keyText)' for \(kind.rawValue) '\(entry.keyText)'",
          hint: Spelling.hint(for: parameter.keyText, among: plugin.parameters.map(\.name) + [ParameterName.plugin]))
        continue
      }
      if let setting = Setting(schema, at: parameter.value, reader: reader) {
        use.settings.append(setting)
      } else {
        use.isWhole = false
      }
    }
    let given = (entry.value.entries ?? []).map(\.keyText)
    for schema in plugin.parameters where schema.isRequired && !given.contains(schema.name) {
      log.error(
        entry.key, "\(kind.rawValue) '\(entry.keyText)' needs '\(schema.name)'", hint: schema.help)
    }
    for group in plugin.exactlyOneOf where given.count(where: group.contains) != 1 {
      use.isWhole = false
      let names = group.filter { given.contains($0) || !given.contains(where: group.contains) }.map { "'\($0)'" }
      log.error(
        entry.key,
        given.contains(where: group.contains)
          ? "\(kind.rawValue) '\(entry.keyText)' has \(names.joined(separator: " and ")): only one of them can count"
          : "\(kind.rawValue) '\(entry.keyText)' needs \(names.joined(separator: " or "))",
        hint: given.contains(where: group.contains) ? nil : plugin.parameter(group[0])?.help)
    }
    return use
  }
}
