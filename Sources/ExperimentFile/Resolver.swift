internal import Model
internal import Quantities
internal import YAML

/// A dimension of the matrix: a variable, or a parameter that has several alternatives.
struct MatrixAxis: Hashable {
  enum Origin: Hashable {
    case variable
    case workload, strategy
  }

  var origin: Origin
  /// The variable's or the parameter's name.
  var key: String
  /// The name of its column.
  var name: String
  var count: Int
}

/// A plugin with everything set, and what that means for its columns.
struct ResolvedUse {
  var plugin: ResolvedPlugin
  /// By column: those of its own parameters.
  var levels: [String: Level]
}

/// Completes one plugin of a file for each combination of its own axes, each combination once.
struct Resolver {
  let use: PluginUse
  let axes: [MatrixAxis]
  private let variables: [Variable]
  private var memo: [[Int]: ResolvedUse?] = [:]

  init(
    _ use: PluginUse, _ declaration: Declaration, naming: ColumnNaming, _ objection: @escaping PluginObjection
  ) {
    self.use = use
    self.objection = objection
    variables = declaration.variablesAndSections.filter { use.references.contains($0.name) }
    let ofVariables = variables.filter(\.isAxis).map {
      MatrixAxis(origin: .variable, key: $0.name, name: $0.name, count: $0.levels.count)
    }
    let origin: MatrixAxis.Origin = use.plugin.kind == .workload ? .workload : .strategy
    let ofParameters = use.settings.filter(\.isAxis).map {
      MatrixAxis(
        origin: origin, key: $0.schema.name, name: naming.column($0.schema.name, of: use.plugin.kind),
        count: $0.alternatives.count)
    }
    axes = ofVariables + ofParameters
    self.naming = naming
  }

  private let naming: ColumnNaming
  private let objection: PluginObjection

  /// - Parameter choice: an index for each of `axes`.
  mutating func resolve(_ choice: [Int], _ diagnostics: inout Diagnostics) -> ResolvedUse? {
    if let known = memo[choice] { return known }
    let result = make(choice, &diagnostics)
    memo[choice] = .some(result)
    return result
  }

  private func make(_ choice: [Int], _ diagnostics: inout Diagnostics) -> ResolvedUse? {
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
    // Those that refer to nothing but variables come first: the others may refer to them.
    let own = Set(use.plugin.parameters.map(\.name)).subtracting(use.references)
    let order =
      use.settings.filter { $0.references.isDisjoint(with: own) }
      + use.settings.filter { !$0.references.isDisjoint(with: own) }
    for setting in order where !setting.hasUnknownReferences {
      let name = setting.schema.name
      let place = setting.isAxis ? chosen[name] ?? 0 : 0
      let original = setting.alternatives[place]
      let node = setting.references.isEmpty ? original : Template.fill(original, from: scope)
      guard let value = diagnostics.read(node, as: setting.schema) else {
        isWhole = false
        continue
      }
      parameters[name] = value
      // What a file's lines are is long; what it is called tells them apart.
      let text = setting.schema.type == .lines ? setting.written[place].text ?? "" : Self.text(of: node, value)
      if setting.schema.type.isScalar, !use.references.contains(name) { scope[name] = text }
      if setting.isAxis || name == "max_workers" {
        let shown = setting.schema.type == .lines || value.map != nil ? .string(text) : value
        levels[naming.column(name, of: use.plugin.kind)] = Level(text: text, value: shown)
      }
    }
    if let implied = parameters["max_workers"], use.setting("max_workers") == nil, use.plugin.kind == .strategy {
      levels[naming.column("max_workers", of: .strategy)] = Level(implied)
    }
    guard isWhole else { return nil }
    let resolved = ResolvedPlugin(plugin: use.plugin.name, parameters: parameters)
    let isKnown = use.isWhole && !use.settings.contains(where: \.hasUnknownReferences)
    if isKnown, let (name, item, problem) = objection(use.plugin.kind, resolved) {
      let setting = use.setting(name)
      let node = setting.map { $0.alternatives[$0.isAxis ? chosen[name] ?? 0 : 0] } ?? use.node
      let items = node.sequence ?? []
      diagnostics.error(item.flatMap { items.indices.contains($0) ? items[$0] : nil } ?? node, "'\(name)': \(problem)")
      return nil
    }
    return ResolvedUse(plugin: resolved, levels: levels)
  }

  /// Numbers in one spelling; sizes, durations and shares as written.
  static func text(of node: Node, _ value: Value) -> String {
    guard let text = node.text else { return value.description }
    return Quantity.plainNumber(text) != nil ? value.description : text
  }

  /// Reports two levels of one axis that mean the same.
  func reportRepeatedLevels(_ diagnostics: inout Diagnostics) {
    for setting in use.settings where setting.isAxis && setting.references.isEmpty {
      var seen: Set<Value> = []
      for node in setting.alternatives {
        var ignored = Diagnostics()
        guard let value = ignored.read(node, as: setting.schema) else { continue }
        if !seen.insert(value).inserted {
          diagnostics.error(node, "'\(Self.text(of: node, value))' stands twice in '\(setting.schema.name)'")
        }
      }
    }
  }
}

/// What columns are called where a workload and a strategy have a parameter of the same name.
struct ColumnNaming {
  private let shared: Set<String>

  init(_ declaration: Declaration) {
    let ofWorkloads = Set(declaration.workloads.flatMap { $0.plugin.parameters.map(\.name) })
    let ofStrategies = Set(declaration.strategies.flatMap { $0.plugin.parameters.map(\.name) })
    shared = ofWorkloads.intersection(ofStrategies).subtracting(["max_workers"])
  }

  func column(_ parameter: String, of kind: PluginDescription.Kind) -> String {
    shared.contains(parameter) ? "\(kind.rawValue)_\(parameter)" : parameter
  }
}
