internal import Model
internal import YAML

/// A plugin with everything set, and the levels that this gives its columns.
struct ResolvedUse {
  var plugin: ResolvedPlugin
  /// The levels of its own parameters, by column.
  var levels: [String: Level]
}

/// The completion of one plugin of a file, for each combination of its own axes once.
struct Resolver {
  let use: PluginUse
  let axes: [MatrixAxis]
  private let variables: [Variable]
  private var memo: [[Int]: ResolvedUse?] = [:]
  private let naming: ColumnNaming
  private let objection: PluginObjection
  private let log: DiagnosticLog
  /// The settings in the order in which they are read: those that refer to nothing but variables come first, since the
  /// others may refer to them.
  private let order: [Setting]

  init(
    _ use: PluginUse, variables: [Variable], naming: ColumnNaming, objection: @escaping PluginObjection,
    log: DiagnosticLog
  ) {
    self.use = use
    self.naming = naming
    self.objection = objection
    self.log = log
    self.variables = variables.filter { use.references.contains($0.name) }
    let ofVariables = self.variables.filter(\.isAxis).map {
      MatrixAxis(origin: .variable, key: $0.name, name: $0.name, count: $0.levels.count)
    }
    let origin: MatrixAxis.Origin = use.plugin.kind == .workload ? .workload : .strategy
    let ofParameters = use.settings.filter(\.isAxis).map {
      MatrixAxis(
        origin: origin, key: $0.schema.name, name: naming.column($0.schema.name, of: use.plugin.kind),
        count: $0.alternatives.count)
    }
    axes = ofVariables + ofParameters
    let own = Set(use.plugin.parameters.map(\.name)).subtracting(use.references)
    order =
      use.settings.filter { $0.referencedNames.isDisjoint(with: own) }
      + use.settings.filter { !$0.referencedNames.isDisjoint(with: own) }
  }

  /// Completes the plugin. Returns `nil` after an error.
  ///
  /// - Parameter choice: an index for each of `axes`.
  mutating func resolve(_ choice: [Int]) -> ResolvedUse? {
    if let known = memo[choice] { return known }
    let result = make(choice)
    memo[choice] = .some(result)
    return result
  }

  private func make(_ choice: [Int]) -> ResolvedUse? {
    var chosen: [String: Int] = [:]
    for (axis, index) in zip(axes, choice) {
      chosen[axis.key] = index
    }
    var scope = [Section.Name.origin.rawValue: originReference]
    for name in use.plugin.taskReferences {
      scope[name] = "${\(name)}"
    }
    for variable in variables {
      scope[variable.name] = variable.levels[variable.isAxis ? chosen[variable.name] ?? 0 : 0].text
    }
    for schema in use.plugin.parameters where scope[schema.name] == nil {
      scope[schema.name] = schema.defaultValue?.description
    }

    var parameters: [String: Value] = [:]
    for schema in use.plugin.parameters {
      parameters[schema.name] = schema.defaultValue
    }
    var levels: [String: Level] = [:]
    var isWhole = true
    for setting in order where !setting.hasUnknownReferences {
      let name = setting.schema.name
      let place = setting.isAxis ? chosen[name] ?? 0 : 0
      let original = setting.alternatives[place]
      let node = setting.references.isEmpty ? original : Template.fill(original, from: scope)
      guard let value = log.report({ () throws(Unreadable) in try setting.schema.value(of: node) }) else {
        isWhole = false
        continue
      }
      parameters[name] = value
      // The lines of a file are long. Its name tells the levels apart.
      let text = setting.schema.type == .lines ? setting.written[place].text ?? "" : node.levelText(of: value)
      if setting.schema.type.isScalar, !use.references.contains(name) { scope[name] = text }
      if setting.isAxis || name == ParameterName.maxWorkers {
        let shown = setting.schema.type == .lines || value.map != nil ? .string(text) : value
        levels[naming.column(name, of: use.plugin.kind)] = Level(text: text, value: shown)
      }
    }
    let maxWorkers = ParameterName.maxWorkers
    if let implied = parameters[maxWorkers], use.setting(maxWorkers) == nil, use.plugin.kind == .strategy {
      levels[naming.column(maxWorkers, of: .strategy)] = Level(implied)
    }
    guard isWhole else { return nil }
    let resolved = ResolvedPlugin(use.plugin, parameters: parameters)
    let isKnown = use.isWhole && !use.settings.contains(where: \.hasUnknownReferences)
    if isKnown, let (name, item, problem) = objection(use.plugin.kind, resolved) {
      let setting = use.setting(name)
      let node = setting.map { $0.alternatives[$0.isAxis ? chosen[name] ?? 0 : 0] } ?? use.node
      let items = node.sequence ?? []
      log.error(item.flatMap { items.indices.contains($0) ? items[$0] : nil } ?? node, "'\(name)': \(problem)")
      return nil
    }
    return ResolvedUse(plugin: resolved, levels: levels)
  }

  /// Reports two levels of one axis that mean the same.
  func reportRepeatedLevels() {
    for setting in use.settings where setting.isAxis && setting.references.isEmpty {
      var seen: Set<Value> = []
      for node in setting.alternatives {
        guard let value = try? setting.schema.value(of: node) else { continue }
        if !seen.insert(value).inserted {
          log.error(node, "'\(node.levelText(of: value))' stands twice in '\(setting.schema.name)'")
        }
      }
    }
  }
}
