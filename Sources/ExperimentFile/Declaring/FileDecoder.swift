internal import Model
internal import YAML

/// A decoder of experiment files: it reads every key, and reports every problem that shows without expanding the file.
struct FileDecoder {
  let catalog: Catalog
  let reader: ValueReader

  private static let keys = FileKey.allCases.map(\.rawValue)

  private var log: DiagnosticLog { reader.log }

  /// Returns `nil` if the file isn't a mapping.
  func decode(_ root: Node, experiment: String) -> Declaration? {
    guard let entries = root.entries else {
      log.error(root, "an experiment is a mapping, and this is \(root.kindName)", hint: "strategies: { sync: }")
      return nil
    }
    var result = Declaration(experiment: experiment, root: root)
    for entry in entries
    where FileKey(rawValue: entry.keyText) == nil && !entry.keyText.hasPrefix(FileKey.ignoredPrefix) {
      log.error(entry.key, "unknown key '\(entry.keyText)'", hint: Spelling.hint(for: entry.keyText, among: Self.keys))
    }
    result.description = root[.description].flatMap { reader.read($0, as: FileSettings.description)?.string }
    if let node = root[.variables] { result.variables = VariableDecoder(reader: reader).decode(node) }
    result.workloads = plugins(.workload, at: root[.workloads], among: catalog.workloads)
    result.strategies = plugins(.strategy, at: root[.strategies], among: catalog.strategies)
    if let node = root[.sweep] { SweepDecoder(reader: reader).decode(node, into: &result.strategies) }
    requirePlugins(of: result)
    if let node = root[.zip] { result.zips = zips(node) }
    if let node = root[.exclude] { result.excludes = ExclusionDecoder(reader: reader).decode(node) }
    result.baseline = root[.baseline].flatMap { baseline($0, among: result.strategies) }
    result.settings = SettingsDecoder(reader: reader).decode(root)
    result.origin = section(.origin, schemas: catalog.origin).decode(root[.origin])
    result.arrivals = root[.arrivals].map { section(.arrivals, schemas: FileSettings.arrivals).decode($0) }
    if let node = root[.hooks] { result.hooks = HookDecoder(reader: reader).decode(node) }
    if let node = root[.env] { result.environment = environment(node) }
    return result
  }

  private func plugins(
    _ kind: PluginDescription.Kind, at node: Node?, among available: [PluginDescription]
  ) -> [PluginUse] {
    node.map { PluginDecoder(kind: kind, available: available, reader: reader).decode($0) } ?? []
  }

  private func section(_ name: Section.Name, schemas: [ParameterSchema]) -> SectionDecoder {
    SectionDecoder(name: name, schemas: schemas, reader: reader)
  }

  /// Reports strategies and workloads that are missing, and workloads that nothing runs.
  private func requirePlugins(of declaration: Declaration) {
    let root = declaration.root
    if root[.strategies]?.entries?.isEmpty ?? true, root[.strategies].map({ $0.isNull || $0.entries != nil }) ?? true {
      log.error(
        root[.strategies] ?? root.start, "no strategies", hint: "strategies: { sync: {}, threads: {} }")
    }
    let needsWork = declaration.strategies.first { $0.plugin.needsWorkload }
    if let needsWork, root[.workloads]?.entries?.isEmpty ?? (root[.workloads] == nil) {
      log.error(
        root[.workloads] ?? needsWork.node, "strategy '\(needsWork.label)' needs a workload, and there is none",
        hint: "workloads: { squares: { plugin: sum_of_squares } }")
    }
    if !declaration.strategies.isEmpty, needsWork == nil, let workload = declaration.workloads.first {
      log.warning(workload.node, "no strategy runs this: those of this file bring their own work")
    }
    if declaration.strategies.contains(where: { !$0.plugin.needsWorkload }),
      let clash = declaration.workloads.first(where: { $0.label == Label.ownWork })
    {
      log.error(
        clash.node, "'\(Label.ownWork)' is what the cells of strategies without a workload are called",
        hint: "choose another label")
    }
  }

  /// Reads `[a, b]`, or several such lists.
  private func zips(_ node: Node) -> [Zip] {
    guard let items = node.sequence, !items.isEmpty else {
      log.error(node, "'zip' must be a list of two axes or more", hint: "zip: [size, repeat]")
      return []
    }
    let groups = items.allSatisfy { $0.sequence != nil } ? items : [node]
    return groups.compactMap { group in
      guard let names = reader.read(group, as: .list(.string), name: "zip")?.list?.compactMap(\.string) else {
        return nil
      }
      guard names.count > 1, Set(names).count == names.count else {
        log.error(group, "'zip' needs two different axes or more")
        return nil
      }
      return Zip(names: names, node: group)
    }
  }

  private func baseline(
    _ node: Node, among strategies: [PluginUse]
  ) -> (label: String, node: Node)? {
    guard let label = reader.read(node, as: FileSettings.baseline)?.string else { return nil }
    guard strategies.contains(where: { $0.label == label }) else {
      log.error(
        node, "the baseline '\(label)' isn't a strategy of this file",
        hint: Spelling.hint(for: label, among: strategies.map(\.label)))
      return nil
    }
    return (label, node)
  }

  private func environment(_ node: Node) -> [String: String] {
    guard let values = reader.read(node, as: FileSettings.environment)?.map else { return [:] }
    for entry in node.entries ?? [] where !Template.isName(entry.keyText) {
      log.error(entry.key, "'\(entry.keyText)' can't be the name of an environment variable")
    }
    return values.compactMapValues(\.string)
  }
}
