internal import Model
internal import YAML

/// A decoder of `workloads:` or `strategies:`.
struct PluginDecoder {
  let kind: PluginDescription.Kind
  let available: [PluginDescription]
  /// False if a program that the file names can't be used: what it offers isn't known.
  let isComplete: Bool
  let variables: [Variable]
  let reader: ValueReader

  /// Labels and their plugins, as far as they could be read.
  struct Result {
    var uses: [PluginUse] = []
    /// The labels of the file, also those whose plugin isn't known.
    var labels: Set<String> = []
    /// The parameters that the labels have in the file, known or not.
    var keys: Set<String> = []
    /// False if there may be more labels than these.
    var isComplete = true
    /// True if all labels and all that they have could be read.
    var isWhole = true
  }

  private var log: DiagnosticLog { reader.log }

  func decode(_ node: Node) -> Result {
    var result = Result()
    result.isComplete = node.entries != nil
    result.isWhole = result.isComplete
    for entry in entries(of: node) {
      result.labels.insert(entry.keyText)
      result.keys.formUnion(entry.value.entries?.map(\.keyText) ?? [])
      let use = use(entry)
      if let use { result.uses.append(use) }
      result.isWhole = result.isWhole && (use?.isWhole ?? false)
    }
    return result
  }

  private func entries(of node: Node) -> [Node.Entry] {
    if let entries = node.entries { return entries }
    let key = kind == .workload ? "workloads" : "strategies"
    guard let items = node.sequence else {
      log.error(
        node, "'\(key)' must be a mapping of labels, or a list of names, and this is \(node.kindName)",
        hint: kind == .workload ? "workloads: { squares: { plugin: sum_of_squares } }" : "strategies: { sync: }")
      return []
    }
    var result: [Node.Entry] = []
    for item in items {
      guard let entries = item.labelEntries else {
        log.error(item, "an item of '\(key)' must be a name, or a mapping of a label, and this is \(item.kindName)")
        continue
      }
      for entry in entries {
        if result.contains(where: { $0.keyText == entry.keyText }) {
          log.error(entry.key, "'\(entry.keyText)' stands twice in '\(key)'", hint: "give one of them another label")
        } else {
          result.append(entry)
        }
      }
    }
    return result
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
    guard let plugin = plugin(of: entry) else { return nil }
    var use = PluginUse(label: entry.keyText, node: entry.key, plugin: plugin)
    for parameter in entry.value.entries ?? [] where parameter.keyText != ParameterName.plugin {
      guard let schema = plugin.parameter(parameter.keyText) else {
        log.error(
          parameter.key, "unknown key '\(parameter.keyText)' for \(kind.rawValue) '\(entry.keyText)'",
          hint: Spelling.hint(for: parameter.keyText, among: plugin.parameters.map(\.name) + [ParameterName.plugin]))
        use.isWhole = false
        continue
      }
      if let setting = Setting(schema, at: parameter.value, variables: variables, reader: reader) {
        use.settings.append(setting)
      } else {
        use.isWhole = false
      }
    }
    require(&use, entry)
    return use
  }

  /// Returns the plugin that a label names, or has the name of; `nil` after an error.
  private func plugin(of entry: Node.Entry) -> PluginDescription? {
    let named = entry.value[ParameterName.plugin]
    guard let node = named.map({ reader.filled($0) }) ?? entry.key else { return nil }
    // The key may be an item of a list of names, in which a missing value is the workload null.
    let name = named == nil ? entry.keyText : node.text
    if let name, let plugin = available.first(where: { $0.name == name }) { return plugin }
    if !isComplete { return nil }
    let text = named == nil ? entry.keyText : node.quotedText
    log.error(
      node, "unknown \(kind.rawValue) '\(text)'",
      hint: Spelling.closest(to: name ?? "", among: available.map(\.name)).map { "did you mean '\($0)'?" }
        ?? (named == nil ? "name its plugin: " : "known: ") + available.map(\.name).joined(separator: ", ")
        + (kind == .strategy ? "; plugins/ and CONCRUN_PLUGIN_PATH have none of that name" : ""))
    return nil
  }

  /// Reports parameters that are missing, or that exclude each other.
  private func require(_ use: inout PluginUse, _ entry: Node.Entry) {
    let plugin = use.plugin
    let given = (entry.value.entries ?? []).map(\.keyText)
    for schema in plugin.parameters where schema.isRequired && !given.contains(schema.name) {
      use.isWhole = false
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
  }
}
