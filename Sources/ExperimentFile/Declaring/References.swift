internal import Model
internal import YAML

/// The tie between `${name}` and a variable, or another parameter of the same plugin.
enum References {
  /// Notes for every plugin which variables it uses, and reports names that mean nothing.
  ///
  /// - Parameter reader: that of the file; it knows which variables other texts use.
  static func tie(_ declaration: inout Declaration, reader: ValueReader) {
    let known = Known(declaration, broken: reader.scope.broken)
    for index in declaration.workloads.indices {
      tie(&declaration.workloads[index], known, log: reader.log)
    }
    for index in declaration.strategies.indices {
      tie(&declaration.strategies[index], known, log: reader.log)
    }
    tieCellTexts(&declaration, known, log: reader.log)
    tieSections(&declaration, log: reader.log)
    guard declaration.doubts.isNothingUnread else { return }
    let used = (declaration.workloads + declaration.strategies).reduce(into: reader.used.all) {
      $0.formUnion($1.references)
    }
    for variable in declaration.variables where !used.contains(variable.name) && Template.isName(variable.name) {
      reader.log.warning(
        variable.node, "variable '\(variable.name)' is used nowhere", hint: "write ${\(variable.name)}")
    }
  }

  /// The names that every text of a cell can have in it.
  private struct Known {
    let variables: Set<String>
    let broken: Set<String>
    let ofStrategies: Set<String>

    init(_ declaration: Declaration, broken: Set<String>) {
      variables = Set(declaration.variablesAndSections.map(\.name) + [Section.Name.origin.rawValue])
      self.broken = broken
      ofStrategies = Set(declaration.strategies.flatMap { $0.plugin.parameters.map(\.name) })
    }
  }

  /// The axes of `origin:` are those of the plugins that refer to it; the axes of `arrivals:` belong to every workload.
  private static func tieSections(_ declaration: inout Declaration, log: DiagnosticLog) {
    let origin = Section.Name.origin.rawValue
    let originAxes = declaration.origin?.references ?? []
    for index in declaration.workloads.indices {
      if declaration.workloads[index].references.contains(origin) {
        declaration.workloads[index].references.formUnion(originAxes)
      }
      declaration.workloads[index].references.formUnion(declaration.arrivals?.references ?? [])
    }
    for index in declaration.strategies.indices where declaration.strategies[index].references.contains(origin) {
      declaration.strategies[index].references.formUnion(originAxes)
    }
    let isUsed = (declaration.workloads + declaration.strategies).contains { $0.references.contains(origin) }
    if !isUsed, declaration.doubts.isNothingUnread,
      let node = declaration.root.entries?.first(where: { $0.keyText == origin })?.key
    {
      log.warning(node, "nothing uses the origin", hint: "urls: [${origin}/page]")
    }
  }

  /// Texts of `env:` and `hooks:` are those of every cell. The variables that they refer to are axes of all work.
  private static func tieCellTexts(_ declaration: inout Declaration, _ known: Known, log: DiagnosticLog) {
    let parameters = Set((declaration.workloads + declaration.strategies).flatMap { $0.plugin.parameters.map(\.name) })
    for reference in declaration.cellTexts.flatMap(\.references) {
      if known.variables.contains(reference.name) {
        for index in declaration.workloads.indices {
          declaration.workloads[index].references.insert(reference.name)
        }
        for index in declaration.strategies.indices where !declaration.strategies[index].plugin.needsWorkload {
          declaration.strategies[index].references.insert(reference.name)
        }
      } else if !known.broken.contains(reference.name), !isParameter(reference.name, among: parameters),
        declaration.doubts.arePluginsKnown
      {
        let names = known.variables.union(parameters).sorted()
        log.error(
          reference.node, "nothing is called '\(reference.name)'",
          hint: Spelling.hint(for: reference.name, among: names))
      }
    }
  }

  /// Returns whether a name is that of a parameter, or of the column of one.
  private static func isParameter(_ name: String, among parameters: Set<String>) -> Bool {
    if name == ParameterName.maxWorkers || parameters.contains(name) { return true }
    return [PluginDescription.Kind.workload, .strategy].contains { kind in
      name.hasPrefix("\(kind.rawValue)_") && parameters.contains(String(name.dropFirst(kind.rawValue.count + 1)))
    }
  }

  private static func tie(_ use: inout PluginUse, _ known: Known, log: DiagnosticLog) {
    for (index, setting) in use.settings.enumerated() {
      for reference in setting.references {
        if known.variables.contains(reference.name) {
          use.references.insert(reference.name)
        } else if known.broken.contains(reference.name) {
          use.settings[index].hasUnknownReferences = true
        } else if !use.plugin.taskReferences.contains(reference.name) {
          if use.plugin.parameter(reference.name) == nil { use.settings[index].hasUnknownReferences = true }
          checkOwn(reference, of: setting, in: use, known, log: log)
        }
      }
    }
  }

  /// Reports a reference to a parameter of the same plugin that has no value of its own.
  private static func checkOwn(
    _ reference: Template.Reference, of setting: Setting, in use: PluginUse, _ known: Known, log: DiagnosticLog
  ) {
    let (name, node) = (reference.name, reference.node)
    guard let schema = use.plugin.parameter(name), schema.type.isScalar, name != setting.schema.name else {
      let own = use.plugin.parameters.filter { $0.type.isScalar && $0.name != setting.schema.name }.map(\.name)
      if use.plugin.kind == .workload, known.ofStrategies.contains(name) {
        log.error(
          node, "'\(name)' is a parameter of strategies, and all strategies do the same work",
          hint: "commands can have it from their environment: env: { N: \"${\(name)}\" }")
        return
      }
      log.error(
        node, "nothing is called '\(name)'", hint: Spelling.hint(for: name, among: known.variables.sorted() + own))
      return
    }
    if let other = use.setting(name) {
      if other.references.contains(where: { use.plugin.parameter($0.name) != nil }) {
        log.error(node, "'\(name)' itself refers to another parameter")
      }
    } else if schema.defaultValue == nil {
      log.error(node, "'${\(name)}' stands here, and '\(use.label)' doesn't set '\(name)'")
    }
  }
}
