internal import Model
internal import YAML

/// A plugin with everything set, and the levels that this gives its columns.
struct ResolvedUse {
  var plugin: ResolvedPlugin
  /// The levels of its own parameters, one place for each of the experiment's axes.
  var levels: [Level?]
  /// The texts of its own parameters, as far as environments and hooks refer to them.
  var texts: [String: String]
}

/// The completion of one plugin of a file, for each combination of its own axes once.
struct Resolver {
  let use: PluginUse
  let axes: [MatrixAxis]
  private let variables: [Variable]
  /// The places of the experiment's axes, by name. They are known once all plugins are.
  var columns: [String: Int] = [:]
  private var memo: [Int: ResolvedUse?] = [:]
  /// What is read of texts without references, by parameter and level. The inner `nil` is an error.
  private var values: [String: [Int: Value?]] = [:]
  private let naming: ColumnNaming
  private let objection: PluginObjection
  private let log: DiagnosticLog
  /// The parameters whose texts are needed.
  private let wanted: Set<String>
  /// What is replaced later, in the texts of this plugin.
  private let late: [LateReference]
  /// The settings in the order in which they are read: those that refer to nothing but variables come first, since the
  /// others may refer to them.
  private let order: [Setting]

  init(
    _ use: PluginUse, variables: [Variable], naming: ColumnNaming, wanted: Set<String>,
    objection: @escaping PluginObjection, log: DiagnosticLog
  ) {
    self.use = use
    self.wanted = wanted
    late = [.origin] + use.plugin.taskReferences.map { LateReference($0) }
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
  /// - Parameters:
  ///   - choice: indices of levels.
  ///   - places: for each of `axes`, the place of its index.
  mutating func resolve(_ choice: [Int], places: [Int]) -> ResolvedUse? {
    var key = 0
    for (axis, place) in zip(axes, places) { key = key &* axis.count &+ choice[place] }
    if let known = memo[key] { return known }
    let result = make(places.map { choice[$0] })
    memo[key] = .some(result)
    return result
  }

  private mutating func make(_ choice: [Int]) -> ResolvedUse? {
    var chosen: [String: Int] = [:]
    for (axis, index) in zip(axes, choice) {
      chosen[axis.key] = index
    }
    var scope: [String: String] = [:]
    for reference in late {
      scope[reference.name] = reference.text
    }
    for variable in variables {
      let text = variable.levels[variable.isAxis ? chosen[variable.name] ?? 0 : 0].text
      scope[variable.name] = late.reduce(text) { $1.escaped(in: $0) }
    }
    for schema in use.plugin.parameters where scope[schema.name] == nil {
      scope[schema.name] = schema.defaultValue?.description
    }

    var parameters: [String: Value] = [:]
    for schema in use.plugin.parameters {
      parameters[schema.name] = schema.defaultValue
    }
    var levels: [Level?] = Array(repeating: nil, count: columns.count)
    var isWhole = true
    for setting in order where !setting.hasUnknownReferences {
      let name = setting.schema.name
      let place = setting.isAxis ? chosen[name] ?? 0 : 0
      let original = setting.alternatives[place]
      var node = setting.hasTemplates ? Template.fill(original, from: scope, late: late) : original
      // What a file has is long. Its name tells the levels apart.
      let path = setting.schema.type.readsFile ? node.text ?? "" : nil
      if let content = path.flatMap({ setting.files[$0] }) {
        node = setting.hasTemplates ? Template.fill(content, from: scope, late: late) : content
      }
      guard let value = value(of: node, at: place, of: setting) else {
        isWhole = false
        continue
      }
      parameters[name] = value
      let text = path ?? node.levelText(of: value)
      if setting.schema.type.isScalar, !use.references.contains(name) { scope[name] = text }
      if setting.isAxis || name == ParameterName.maxWorkers {
        let shown = path != nil || value.map != nil ? .string(text) : value
        if Secrets.isReferred(in: text) { log.error(original, Concealment.axisObjection(to: name)) }
        set(Level(text: text, value: shown), of: name, in: &levels)
      }
    }
    let maxWorkers = ParameterName.maxWorkers
    if let implied = parameters[maxWorkers], use.setting(maxWorkers) == nil, use.plugin.kind == .strategy {
      set(Level(implied), of: maxWorkers, in: &levels)
    }
    guard isWhole else { return nil }
    let resolved = ResolvedPlugin(use.plugin, parameters: parameters)
    let isKnown = use.isWhole && !use.settings.contains(where: \.hasUnknownReferences)
    let real = log.secrets.secrets.reveal(resolved)
    if isKnown, let (name, item, problem) = objection(use.plugin.kind, real) {
      let said = log.secrets.secrets.masked(problem, about: parameters[name]?.description ?? "")
      report(said, with: name, item: item, of: resolved, chosen: chosen)
      return nil
    }
    return ResolvedUse(
      plugin: resolved, levels: levels, texts: wanted.isEmpty ? [:] : scope.filter { wanted.contains($0.key) })
  }

  private mutating func value(of node: Node, at place: Int, of setting: Setting) -> Value? {
    if !setting.hasTemplates, let known = values[setting.schema.name]?[place] { return known }
    let value = log.report { () throws(Unreadable) in try log.secrets.value(of: node, as: setting.schema) }
    if !setting.hasTemplates { values[setting.schema.name, default: [:]][place] = .some(value) }
    return value
  }

  private func set(_ level: Level, of parameter: String, in levels: inout [Level?]) {
    if let place = columns[naming.column(parameter, of: use.plugin.kind)] { levels[place] = level }
  }

  /// Reports what a plugin itself objects to. It knows only filled texts, and the message quotes what the file has.
  private func report(
    _ problem: String, with name: String, item: Int?, of plugin: ResolvedPlugin, chosen: [String: Int]
  ) {
    let setting = use.setting(name)
    let node = setting.map { $0.alternatives[$0.isAxis ? chosen[name] ?? 0 : 0] } ?? use.node
    let items = node.sequence ?? []
    let place = item.flatMap { items.indices.contains($0) ? items[$0] : nil } ?? node
    var words = problem
    if let written = place.text, written.contains("${") {
      let value = plugin.parameters[name]
      let filled = item.flatMap { value?.list?.indices.contains($0) == true ? value?.list?[$0].string : nil }
      if let text = filled ?? value?.string, !text.isEmpty { words = problem.replacing(text, with: written) }
    }
    log.error(place, "'\(name)': \(words)")
  }

  /// Reports two levels of one axis that mean the same.
  func reportRepeatedLevels() {
    for setting in use.settings where setting.isAxis && setting.references.isEmpty {
      var seen: Set<Value> = []
      for node in setting.alternatives {
        let filled = setting.hasTemplates ? Template.fill(node, from: [:], late: late) : node
        guard let value = level(of: filled, in: setting) else { continue }
        if !seen.insert(value).inserted {
          log.error(node, "'\(node.text ?? value.description)' stands twice in '\(setting.schema.name)'")
        }
      }
    }
  }

  /// Files are told apart by their names.
  private func level(of node: Node, in setting: Setting) -> Value? {
    if setting.schema.type.readsFile { return node.text.map(Value.string) }
    return try? setting.schema.value(of: node)
  }
}
