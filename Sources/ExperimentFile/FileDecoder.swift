internal import Model
internal import Quantities
internal import YAML

/// Node → Declaration: every key of a file, and every problem that can be seen without expanding it.
struct FileDecoder {
  let catalog: Catalog

  static let description = ParameterSchema(.description, .string)
  static let baseline = ParameterSchema(.baseline, .string)
  static let plugins = ParameterSchema(.plugins, .list(.file))
  static let environment = ParameterSchema(.env, .map(.string))

  private static let keys = FileKey.allCases.map(\.rawValue)

  func decode(_ root: Node, experiment: String, _ diagnostics: inout Diagnostics) -> Declaration? {
    guard let entries = root.entries else {
      diagnostics.error(root, "an experiment is a mapping, and this is \(root.kindName)", hint: "strategies: { sync: }")
      return nil
    }
    var result = Declaration(experiment: experiment, root: root)
    for entry in entries
    where FileKey(rawValue: entry.keyText) == nil && !entry.keyText.hasPrefix(FileKey.ignoredPrefix) {
      diagnostics.error(
        entry.key, "unknown key '\(entry.keyText)'", hint: Spelling.hint(for: entry.keyText, among: Self.keys))
    }
    if let node = root[.description] {
      result.description = diagnostics.read(node, as: Self.description)?.string
    }
    if let node = root[.variables] { result.variables = variables(node, &diagnostics) }
    result.workloads = plugins(.workload, root[.workloads], &diagnostics)
    result.strategies = plugins(.strategy, root[.strategies], &diagnostics)
    if let node = root[.sweep] { sweep(node, &result.strategies, &diagnostics) }
    requirePlugins(result, &diagnostics)
    if let node = root[.zip] { result.zips = zips(node, &diagnostics) }
    if let node = root[.exclude] { result.excludes = ExclusionDecoder().decode(node, &diagnostics) }
    if let node = root[.baseline] { result.baseline = baseline(node, result.strategies, &diagnostics) }
    result.settings = SettingsDecoder().decode(root, &diagnostics)
    result.origin = Section(.origin, root[.origin], catalog.origin, &diagnostics)
    result.arrivals = root[.arrivals].map { Section(.arrivals, $0, Section.arrivalSchemas, &diagnostics) }
    if let node = root[.hooks] { result.hooks = hooks(node, &diagnostics) }
    if let node = root[.env] { result.environment = environment(node, &diagnostics) }
    return result
  }

  private func plugins(
    _ kind: PluginDescription.Kind, _ node: Node?, _ diagnostics: inout Diagnostics
  ) -> [PluginUse] {
    guard let node else { return [] }
    let available = kind == .workload ? catalog.workloads : catalog.strategies
    return PluginDecoder(kind: kind, available: available).decode(node, &diagnostics)
  }

  private func requirePlugins(_ declaration: Declaration, _ diagnostics: inout Diagnostics) {
    let root = declaration.root
    if root[.strategies]?.entries?.isEmpty ?? true, root[.strategies].map({ $0.isNull || $0.entries != nil }) ?? true {
      diagnostics.error(
        root[.strategies] ?? root.start, "no strategies", hint: "strategies: { sync: {}, threads: {} }")
    }
    let needsWork = declaration.strategies.first { $0.plugin.needsWorkload }
    if let needsWork, root[.workloads]?.entries?.isEmpty ?? (root[.workloads] == nil) {
      diagnostics.error(
        root[.workloads] ?? needsWork.node, "strategy '\(needsWork.label)' needs a workload, and there is none",
        hint: "workloads: { squares: { plugin: sum_of_squares } }")
    }
    if !declaration.strategies.isEmpty, needsWork == nil, let workload = declaration.workloads.first {
      diagnostics.warning(workload.node, "no strategy runs this: those of this file bring their own work")
    }
    if declaration.strategies.contains(where: { !$0.plugin.needsWorkload }),
      let clash = declaration.workloads.first(where: { $0.label == Expansion.ownWorkLabel })
    {
      diagnostics.error(
        clash.node, "'\(Expansion.ownWorkLabel)' is what the cells of strategies without a workload are called",
        hint: "choose another label")
    }
  }

  private func variables(_ node: Node, _ diagnostics: inout Diagnostics) -> [Variable] {
    guard let entries = node.entries else {
      diagnostics.error(node, "'variables' must be a mapping, and this is \(node.kindName)")
      return []
    }
    return entries.compactMap { variable($0, &diagnostics) }
  }

  private func variable(_ entry: Node.Entry, _ diagnostics: inout Diagnostics) -> Variable? {
    let name = entry.keyText
    if !Template.isName(name) {
      diagnostics.error(entry.key, "'\(name)' isn't a name: letters, digits and _, and no digit first")
    } else if name == "max_workers" || ColumnNames.reserved.contains(name) {
      diagnostics.error(
        entry.key, "a variable can't be called '\(name)': that is a column of the results",
        hint: name == "max_workers" ? "set it for the strategies, or write 'sweep: { max_workers: […] }'" : nil)
    }
    if Section.Name.allCases.contains(where: { name == $0.rawValue || name.hasPrefix("\($0.rawValue)_") }) {
      diagnostics.error(
        entry.key, "a variable can't be called '\(name)': settings of the file itself are", hint: "rename the variable")
    }
    let isRange = entry.value.entries != nil
    let type: ParameterType = isRange ? rangeType(entry.value) : .string
    guard let (nodes, isAxis) = diagnostics.alternatives(of: entry.value, for: type, name: name) else { return nil }
    var texts: [String] = []
    for node in nodes {
      guard let text = diagnostics.read(node, as: .string, name: name)?.string else { return nil }
      if text.contains("${") { diagnostics.error(node, "a variable can't refer to other variables") }
      if isAxis, text.unicodeScalars.contains(where: { $0.properties.generalCategory == .control }) {
        diagnostics.error(node, "a level of an axis can't have tabs and line breaks in it")
      }
      texts.append(text)
    }
    let levels = Self.levels(of: texts)
    var seen: Set<Value> = []
    for (index, level) in levels.enumerated() where !seen.insert(level.value).inserted {
      diagnostics.error(nodes[index], "'\(level.text)' stands twice in '\(name)'")
    }
    return Variable(name: name, node: entry.key, levels: levels, isAxis: isAxis)
  }

  /// A range of a variable is of whatever its ends are.
  private func rangeType(_ node: Node) -> ParameterType {
    let text = node["from"]?.text ?? ""
    if Quantity.plainNumber(text) != nil { return (try? Quantity.integer(text)) == nil ? .number : .integer }
    return (try? Quantity.size(text)) == nil ? .duration : .size
  }

  /// Numbers where all of them are numbers, sizes or durations; else texts.
  static func levels(of texts: [String]) -> [Level] {
    let readers: [(String) -> Value?] = [
      { (try? Quantity.integer($0)).map(Value.integer) },
      { Quantity.plainNumber($0).map(Value.number) },
      { (try? Quantity.size($0)).map(Value.integer) },
      { (try? Quantity.duration($0)).map(Value.number) },
    ]
    for reader in readers {
      let values = texts.map(reader)
      if !values.contains(nil) { return zip(texts, values).map { Level(text: $0, value: $1 ?? .null) } }
    }
    return texts.map { Level(text: $0, value: .string($0)) }
  }

  private func sweep(_ node: Node, _ strategies: inout [PluginUse], _ diagnostics: inout Diagnostics) {
    guard let entries = node.entries else {
      diagnostics.error(
        node, "'sweep' must be a mapping, and this is \(node.kindName)", hint: "sweep: { max_workers: [1, 2, 4] }")
      return
    }
    for entry in entries {
      let having = strategies.indices.filter { strategies[$0].plugin.parameter(entry.keyText) != nil }
      if having.isEmpty {
        let known = Set(strategies.flatMap { $0.plugin.parameters.map(\.name) })
        diagnostics.error(
          entry.key, "no strategy of this file has a parameter '\(entry.keyText)'",
          hint: Spelling.hint(for: entry.keyText, among: known.sorted()))
      }
      for index in having where strategies[index].setting(entry.keyText) == nil {
        guard let schema = strategies[index].plugin.parameter(entry.keyText),
          let setting = PluginDecoder.setting(schema, entry.value, &diagnostics)
        else { continue }
        strategies[index].settings.append(setting)
      }
    }
  }

  /// `[a, b]`, or several of such lists.
  private func zips(_ node: Node, _ diagnostics: inout Diagnostics) -> [Zip] {
    guard let items = node.sequence, !items.isEmpty else {
      diagnostics.error(node, "'zip' must be a list of two axes or more", hint: "zip: [size, repeat]")
      return []
    }
    let groups = items.allSatisfy { $0.sequence != nil } ? items : [node]
    return groups.compactMap { group in
      guard let names = diagnostics.read(group, as: .list(.string), name: "zip")?.list?.compactMap(\.string) else {
        return nil
      }
      guard names.count > 1, Set(names).count == names.count else {
        diagnostics.error(group, "'zip' needs two different axes or more")
        return nil
      }
      return Zip(names: names, node: group)
    }
  }

  private func baseline(
    _ node: Node, _ strategies: [PluginUse], _ diagnostics: inout Diagnostics
  ) -> (label: String, node: Node)? {
    guard let label = diagnostics.read(node, as: Self.baseline)?.string else { return nil }
    guard strategies.contains(where: { $0.label == label }) else {
      diagnostics.error(
        node, "the baseline '\(label)' isn't a strategy of this file",
        hint: Spelling.hint(for: label, among: strategies.map(\.label)))
      return nil
    }
    return (label, node)
  }

  private func hooks(_ node: Node, _ diagnostics: inout Diagnostics) -> Hooks {
    var hooks = Hooks()
    guard let entries = node.entries else {
      diagnostics.error(node, "'hooks' must be a mapping, and this is \(node.kindName)")
      return hooks
    }
    for entry in entries {
      guard let moment = Hooks.Moment(rawValue: entry.keyText) else {
        diagnostics.error(
          entry.key, "unknown hook '\(entry.keyText)'",
          hint: Spelling.hint(for: entry.keyText, among: Hooks.Moment.allCases.map(\.rawValue)))
        continue
      }
      if entry.value.text != nil {
        diagnostics.error(
          entry.value, "the hook '\(entry.keyText)' must be a list: a program and its arguments",
          hint: "there is no shell; [sh, -c, \"…\"] brings one")
      } else if let words = diagnostics.read(entry.value, as: .list(.string), name: entry.keyText)?.list {
        guard let program = words.first?.string, !program.isEmpty else {
          diagnostics.error(entry.value, "the hook '\(entry.keyText)' names no program")
          continue
        }
        hooks.commands[moment] = words.compactMap(\.string)
      }
    }
    return hooks
  }

  private func environment(_ node: Node, _ diagnostics: inout Diagnostics) -> [String: String] {
    guard let values = diagnostics.read(node, as: Self.environment)?.map else { return [:] }
    for entry in node.entries ?? [] where !Template.isName(entry.keyText) {
      diagnostics.error(entry.key, "'\(entry.keyText)' can't be the name of an environment variable")
    }
    return values.compactMapValues(\.string)
  }
}

extension Node {
  /// An empty place at its beginning: for what is missing from the whole of it.
  var start: Node {
    var node = self
    node.span.end = node.span.start
    return node
  }
}
