internal import Model
internal import YAML

/// A decoder of experiment files: it reads every key, and reports every problem that shows without expanding the file.
struct FileDecoder {
  let catalog: Catalog
  /// False if a program that the file names can't be used.
  let isCatalogComplete: Bool
  let variables: [Variable]
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
    result.description = filled(.description, of: root).flatMap {
      reader.read($0, as: FileSettings.description)?.string
    }
    result.variables = variables
    let workloads = plugins(.workload, at: root[.workloads], among: catalog.workloads)
    let strategies = plugins(.strategy, at: root[.strategies], among: catalog.strategies)
    result.workloads = workloads.uses
    result.strategies = strategies.uses
    result.doubts = Doubts(workloads: workloads, strategies: strategies, brokenVariables: reader.scope.broken)
    if let node = root[.sweep] { sweep(node, into: &result) }
    requirePlugins(of: result)
    if let node = filled(.zip, of: root) { result.zips = zips(node) }
    if let node = filled(.exclude, of: root) { result.excludes = ExclusionDecoder(reader: reader).decode(node) }
    result.baseline = filled(.baseline, of: root).flatMap { baseline($0, of: result) }
    result.settings = SettingsDecoder(reader: reader).decode(root)
    result.origin = section(.origin, schemas: catalog.origin).decode(root[.origin])
    result.arrivals = root[.arrivals].map { node in
      var decoder = section(.arrivals, schemas: FileSettings.arrivals)
      decoder.groups = [FileSettings.rampKey: FileSettings.ramp]
      decoder.exactlyOneOf = FileSettings.arrivalRates
      return decoder.decode(node)
    }
    if let node = root[.hooks] { HookDecoder(reader: reader).decode(node, into: &result) }
    if let node = root[.env] { EnvironmentDecoder(reader: reader).decode(node, into: &result) }
    return result
  }

  private func filled(_ key: FileKey, of root: Node) -> Node? { root[key].flatMap { reader.filled($0) } }

  private func plugins(
    _ kind: PluginDescription.Kind, at node: Node?, among available: [PluginDescription]
  ) -> PluginDecoder.Result {
    let decoder = PluginDecoder(
      kind: kind, available: available, isComplete: kind == .workload || isCatalogComplete, variables: variables,
      reader: reader)
    return node.map(decoder.decode) ?? PluginDecoder.Result()
  }

  private func section(_ name: Section.Name, schemas: [ParameterSchema]) -> SectionDecoder {
    SectionDecoder(name: name, schemas: schemas, variables: variables, reader: reader)
  }

  private func sweep(_ node: Node, into declaration: inout Declaration) {
    declaration.doubts.keys.formUnion(node.entries?.map(\.keyText) ?? [])
    SweepDecoder(variables: variables, isComplete: declaration.doubts.areStrategiesKnown, reader: reader)
      .decode(node, into: &declaration.strategies)
  }

  /// Reports strategies and workloads that are missing, and workloads that nothing runs.
  private func requirePlugins(of declaration: Declaration) {
    let root = declaration.root
    let doubts = declaration.doubts
    if root[.strategies]?.isNull ?? true || root[.strategies]?.entries?.isEmpty ?? false {
      log.error(
        root[.strategies] ?? root.start, "no strategies", hint: "strategies: { sync: {}, threads: {} }")
    }
    let needsWork = declaration.strategies.first { $0.plugin.needsWorkload }
    if let needsWork, root[.workloads]?.isNull ?? true || root[.workloads]?.entries?.isEmpty ?? false {
      log.error(
        root[.workloads] ?? needsWork.node, "strategy '\(needsWork.label)' needs a workload, and there is none",
        hint: "workloads: { squares: { plugin: sum_of_squares } }")
    }
    if !declaration.strategies.isEmpty, doubts.areStrategiesKnown, needsWork == nil,
      let workload = declaration.workloads.first
    {
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

  private func baseline(_ node: Node, of declaration: Declaration) -> (label: String, node: Node)? {
    guard let label = reader.read(node, as: FileSettings.baseline)?.string else { return nil }
    let labels = declaration.strategies.map(\.label)
    if labels.contains(label) { return (label, node) }
    if !declaration.doubts.mayBeLabel(label, of: .strategy) {
      log.error(
        node, "the baseline '\(node.quotedText)' isn't a strategy of this file",
        hint: Spelling.hint(for: label, among: labels))
    }
    return nil
  }
}
