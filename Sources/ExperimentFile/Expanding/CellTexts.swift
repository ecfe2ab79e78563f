internal import Model
internal import YAML

/// The filling of environments and hooks with what a cell has: variables, axes, and the parameters of its plugins.
struct CellTexts {
  let declaration: Declaration
  let naming: ColumnNaming

  /// Where the text of a name comes from, for one workload with one strategy.
  enum Origin {
    case server
    case variable(Variable)
    case parameter(String, PluginDescription.Kind)
    /// A strategy without workers works alone.
    case oneWorker
  }

  private static let ownWorkers = "1"

  /// The parameters that the texts refer to.
  var wanted: Set<String> {
    let names = declaration.cellTexts.reduce(into: Set<String>()) { $0.formUnion($1.names) }
    let kinds = [PluginDescription.Kind.workload, .strategy]
    return names.union(kinds.flatMap { kind in names.compactMap { Self.stripped($0, of: kind) } })
  }

  private static func stripped(_ name: String, of kind: PluginDescription.Kind) -> String? {
    name.hasPrefix("\(kind.rawValue)_") ? String(name.dropFirst(kind.rawValue.count + 1)) : nil
  }

  /// Returns the origins of all names; `nil` where a cell of these has none.
  func origins(_ workload: PluginUse?, _ strategy: PluginUse) -> [String: Origin]? {
    var origins: [String: Origin] = [:]
    for name in declaration.cellTexts.reduce(into: Set<String>(), { $0.formUnion($1.names) }) {
      guard case .success(let origin) = origin(of: name, workload, strategy) else { return nil }
      origins[name] = origin
    }
    return origins
  }

  /// Reports names that some cells don't have.
  func check(log: DiagnosticLog) {
    let known = Set(declaration.variablesAndSections.map(\.name) + [Section.Name.origin.rawValue])
    for strategy in declaration.strategies {
      let partners: [PluginUse?] = strategy.plugin.needsWorkload ? declaration.workloads : [nil]
      for workload in partners {
        for reference in declaration.cellTexts.flatMap(\.references) where !known.contains(reference.name) {
          guard case .failure(let lack) = origin(of: reference.name, workload, strategy),
            !lack.isReportedElsewhere
          else { continue }
          log.error(reference.node, lack.problem, hint: lack.hint)
        }
      }
    }
  }

  private struct Lack: Error {
    var problem = ""
    var hint: String?
    var isReportedElsewhere = false
  }

  private func origin(of name: String, _ workload: PluginUse?, _ strategy: PluginUse) -> Result<Origin, Lack> {
    if name == Section.Name.origin.rawValue { return .success(.server) }
    if let variable = declaration.variablesAndSections.first(where: { $0.name == name }) {
      return .success(.variable(variable))
    }
    let uses: [(PluginUse, PluginDescription.Kind)] =
      [(strategy, .strategy)] + (workload.map { [($0, .workload)] } ?? [])
    for (use, kind) in uses {
      guard let own = Self.stripped(name, of: kind), use.plugin.parameter(own)?.type.isScalar == true else { continue }
      return parameter(own, of: use, kind)
    }
    let owners = uses.filter { $0.0.plugin.parameter(name)?.type.isScalar == true }
    // The workers of a cell are those of its strategy.
    if owners.count > 1, name != ParameterName.maxWorkers {
      return .failure(
        Lack(
          problem: "'\(name)' is a parameter of both '\(strategy.label)' and '\(workload?.label ?? "")'",
          hint: "write ${strategy_\(name)} or ${workload_\(name)}"))
    }
    if let (use, kind) = owners.first { return parameter(name, of: use, kind) }
    if name == ParameterName.maxWorkers, strategy.plugin.parallelism == .oneThread { return .success(.oneWorker) }
    let isKnown =
      declaration.workloads.contains { $0.plugin.parameter(name) != nil }
      || declaration.strategies.contains { $0.plugin.parameter(name) != nil } || name == ParameterName.maxWorkers
      || naming.isColumn(name)
    let cells = workload.map { "of '\($0.label)' with '\(strategy.label)'" } ?? "of '\(strategy.label)'"
    return .failure(
      Lack(
        problem: "the cells \(cells) have no '\(name)'", hint: "give it to all of them, or split the experiment",
        isReportedElsewhere: !isKnown))
  }

  private func parameter(_ name: String, of use: PluginUse, _ kind: PluginDescription.Kind) -> Result<Origin, Lack> {
    if let setting = use.setting(name), setting.hasUnknownReferences {
      return .failure(Lack(isReportedElsewhere: true))
    }
    guard use.setting(name) != nil || use.plugin.parameter(name)?.defaultValue != nil else {
      return .failure(
        Lack(
          problem: "'${\(name)}' stands here, and '\(use.label)' doesn't set '\(name)'",
          isReportedElsewhere: !use.isWhole))
    }
    return .success(.parameter(name, kind))
  }

  /// Fills the texts of a cell.
  ///
  /// - Parameter level: returns the level of an axis by its name.
  func fill(
    _ cell: inout Cell, from origins: [String: Origin], work: ResolvedUse?, way: ResolvedUse, level: (String) -> Level?
  ) {
    let scope = origins.mapValues { origin in
      switch origin {
      case .server: LateReference.origin.text
      case .variable(let variable):
        LateReference.origin.escaped(in: (variable.isAxis ? level(variable.name) : variable.levels.first)?.text ?? "")
      case .parameter(let name, .strategy): way.texts[name] ?? ""
      case .parameter(let name, .workload): work?.texts[name] ?? ""
      case .oneWorker: Self.ownWorkers
      }
    }
    for text in declaration.cellTexts {
      text.set(text.texts.map { Template.fill($0, from: scope, late: [.origin]).text ?? "" }, in: &cell)
    }
  }
}
