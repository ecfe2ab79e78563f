internal import Model
internal import YAML

/// Ties `${name}` to what it refers to: variables, and other parameters of the same plugin.
enum References {
  static func check(_ declaration: inout Declaration, _ diagnostics: inout Diagnostics) {
    let variables = Set(declaration.variables.map(\.name) + [Section.Name.origin.rawValue])
    for index in declaration.workloads.indices {
      check(&declaration.workloads[index], variables, &diagnostics)
    }
    for index in declaration.strategies.indices {
      check(&declaration.strategies[index], variables, &diagnostics)
    }
    tieSections(&declaration, &diagnostics)
    let used = (declaration.workloads + declaration.strategies).reduce(into: Set<String>()) {
      $0.formUnion($1.references)
    }
    for variable in declaration.variables where !used.contains(variable.name) && Template.isName(variable.name) {
      diagnostics.warning(
        variable.node, "variable '\(variable.name)' is used nowhere", hint: "write ${\(variable.name)}")
    }
  }

  /// The axes of `origin:` are those of whatever refers to it; the axes of `arrivals:` are every workload's.
  private static func tieSections(_ declaration: inout Declaration, _ diagnostics: inout Diagnostics) {
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
      diagnostics.warning(node, "nothing uses the origin", hint: "urls: [${origin}/page]")
    }
  }

  private static func check(_ use: inout PluginUse, _ variables: Set<String>, _ diagnostics: inout Diagnostics) {
    for (index, setting) in use.settings.enumerated() {
      for node in setting.alternatives {
        var ignored = Diagnostics()
        for reference in Template.references(in: node, &ignored) {
          if variables.contains(reference.name) {
            use.references.insert(reference.name)
          } else if !use.plugin.taskReferences.contains(reference.name) {
            if use.plugin.parameter(reference.name) == nil { use.settings[index].hasUnknownReferences = true }
            checkOwn(reference.name, of: setting, in: use, at: reference.node, variables, &diagnostics)
          }
        }
      }
    }
  }

  private static func checkOwn(
    _ name: String, of setting: Setting, in use: PluginUse, at node: Node, _ variables: Set<String>,
    _ diagnostics: inout Diagnostics
  ) {
    guard let schema = use.plugin.parameter(name), schema.type.isScalar, name != setting.schema.name else {
      let own = use.plugin.parameters.filter { $0.type.isScalar && $0.name != setting.schema.name }.map(\.name)
      diagnostics.error(
        node, "nothing is called '\(name)'", hint: Spelling.hint(for: name, among: variables.sorted() + own))
      return
    }
    if let other = use.setting(name) {
      if !other.references.isEmpty, other.references.contains(where: { use.plugin.parameter($0) != nil }) {
        diagnostics.error(node, "'\(name)' itself refers to another parameter")
      }
    } else if schema.defaultValue == nil {
      diagnostics.error(node, "'${\(name)}' stands here, and '\(use.label)' doesn't set '\(name)'")
    }
  }
}
