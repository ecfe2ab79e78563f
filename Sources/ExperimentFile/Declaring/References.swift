internal import Model
internal import YAML

/// The tie between `${name}` and a variable, or another parameter of the same plugin.
enum References {
  /// Notes for every plugin which variables it uses, and reports names that mean nothing.
  static func tie(_ declaration: inout Declaration, log: DiagnosticLog) {
    let variables = Set(declaration.variables.map(\.name) + [Section.Name.origin.rawValue])
    for index in declaration.workloads.indices {
      tie(&declaration.workloads[index], variables: variables, log: log)
    }
    for index in declaration.strategies.indices {
      tie(&declaration.strategies[index], variables: variables, log: log)
    }
    tieSections(&declaration, log: log)
    let used = (declaration.workloads + declaration.strategies).reduce(into: Set<String>()) {
      $0.formUnion($1.references)
    }
    for variable in declaration.variables where !used.contains(variable.name) && Template.isName(variable.name) {
      log.warning(
        variable.node, "variable '\(variable.name)' is used nowhere", hint: "write ${\(variable.name)}")
    }
  }

  /// The axes of `origin:` are those of the plugins that refer to it; the axes of `arrivals:` belong to every workload.
  private static func tieSections(_ declaration: inout Declaration, log: DiagnosticLog) {
    let origin = Section.Name.origin.rawValue
    let originAxes = declaration.origin?.axes.map(\.name) ?? []
    for index in declaration.workloads.indices {
      if declaration.workloads[index].references.contains(origin) {
        declaration.workloads[index].references.formUnion(originAxes)
      }
      declaration.workloads[index].references.formUnion(declaration.arrivals?.axes.map(\.name) ?? [])
    }
    for index in declaration.strategies.indices where declaration.strategies[index].references.contains(origin) {
      declaration.strategies[index].references.formUnion(originAxes)
    }
    let isUsed = (declaration.workloads + declaration.strategies).contains { $0.references.contains(origin) }
    if !isUsed, let node = declaration.root.entries?.first(where: { $0.keyText == origin })?.key {
      log.warning(node, "nothing uses the origin", hint: "urls: [${origin}/page]")
    }
  }

  private static func tie(_ use: inout PluginUse, variables: Set<String>, log: DiagnosticLog) {
    for (index, setting) in use.settings.enumerated() {
      for reference in setting.references {
        if variables.contains(reference.name) {
          use.references.insert(reference.name)
        } else if !use.plugin.taskReferences.contains(reference.name) {
          if use.plugin.parameter(reference.name) == nil { use.settings[index].hasUnknownReferences = true }
          checkOwn(reference, of: setting, in: use, variables: variables, log: log)
        }
      }
    }
  }

  /// Reports a reference to a parameter of the same plugin that has no value of its own.
  private static func checkOwn(
    _ reference: Template.Reference, of setting: Setting, in use: PluginUse, variables: Set<String>, log: DiagnosticLog
  ) {
    let (name, node) = (reference.name, reference.node)
    guard let schema = use.plugin.parameter(name), schema.type.isScalar, name != setting.schema.name else {
      let own = use.plugin.parameters.filter { $0.type.isScalar && $0.name != setting.schema.name }.map(\.name)
      log.error(
        node, "nothing is called '\(name)'", hint: Spelling.hint(for: name, among: variables.sorted() + own))
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
