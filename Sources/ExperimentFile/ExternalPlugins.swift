package import Model
internal import YAML

/// What was found of plugins that aren't built in.
package struct FoundPlugins: Sendable {
  package var strategies: [PluginDescription]
  /// Programs that can't be used, and why.
  package var problems: [(path: String, reason: String)]

  package init(strategies: [PluginDescription] = [], problems: [(path: String, reason: String)] = []) {
    self.strategies = strategies
    self.problems = problems
  }
}

/// Looks for plugins: in the programs that a file names, or (`nil`) in the usual folders.
package typealias PluginSearch = @Sendable (_ named: String?) -> FoundPlugins

/// Completes a catalog by the plugins that a file names, or that it needs.
struct ExternalPlugins {
  let search: PluginSearch

  /// Folders are searched only for a file that uses what is neither built in nor in a program that it names: what lies in
  /// them isn't run without need.
  func complete(_ catalog: Catalog, for root: Node, _ diagnostics: inout Diagnostics) -> Catalog {
    var catalog = catalog
    for (node, path) in named(root[.plugins], &diagnostics) {
      let found = search(path)
      for problem in found.problems {
        diagnostics.unavailable(node, "the plugin '\(problem.path)' can't be used: \(problem.reason)")
      }
      for (clash, owner) in add(found.strategies, to: &catalog) {
        diagnostics.error(node, "it offers '\(clash)', which \(owner) has already")
      }
    }
    let missing = Self.used(root[.strategies]).filter { name, _ in catalog.strategy(name) == nil }
    guard !missing.isEmpty else { return catalog }
    let found = search(nil)
    _ = add(found.strategies, to: &catalog)
    if missing.contains(where: { catalog.strategy($0.name) == nil }) {
      for problem in found.problems {
        diagnostics.warning(missing[0].node, "the plugin '\(problem.path)' can't be used: \(problem.reason)")
      }
    }
    return catalog
  }

  private func named(_ node: Node?, _ diagnostics: inout Diagnostics) -> [(node: Node, path: String)] {
    guard let node, let paths = diagnostics.read(node, as: FileDecoder.plugins)?.list else { return [] }
    return zip(node.sequence ?? [], paths).compactMap { node, path in path.string.map { (node, $0) } }
  }

  /// - Returns: those that somebody else has already, and who.
  private func add(_ strategies: [PluginDescription], to catalog: inout Catalog) -> [(name: String, owner: String)] {
    var clashes: [(name: String, owner: String)] = []
    for strategy in strategies {
      if let known = catalog.strategy(strategy.name) {
        guard known.external?.executable != strategy.external?.executable else { continue }
        clashes.append((strategy.name, known.external.map { "'\($0.executable)'" } ?? "concrun itself"))
      } else {
        catalog.strategies.append(strategy)
      }
    }
    return clashes
  }

  private static func used(_ node: Node?) -> [(name: String, node: Node)] {
    (node?.entries ?? []).compactMap { entry in
      let node = entry.value[ParameterName.plugin] ?? entry.key
      return node.text.map { ($0, node) }
    }
  }
}

/// What external plugins of a file can't do of what it asks for.
enum ExternalLimits {
  /// Cells of workloads that their strategy can't do are left out; a strategy that can do none of them is an error.
  static func apply(
    to cells: inout [Cell], _ declaration: Declaration, _ diagnostics: inout Diagnostics
  ) -> [ExcludedCell] {
    var excluded: [ExcludedCell] = []
    cells.removeAll { cell in
      guard let able = cell.strategyPlugin.description.external?.workloads,
        let work = cell.workloadPlugin?.name, !able.contains(work)
      else { return false }
      excluded.append(ExcludedCell(cell, reason: "its strategy, which doesn't do \(work)"))
      return true
    }
    for use in declaration.strategies {
      guard let external = use.plugin.external else { continue }
      if !cells.contains(where: { $0.strategy == use.label }), !declaration.workloads.isEmpty {
        diagnostics.error(
          use.node, "strategy '\(use.label)' can do no workload of this file",
          hint: "it can do " + external.workloads.joined(separator: ", "))
      }
      check(use, external, cells, declaration, &diagnostics)
    }
    return excluded
  }

  private static func check(
    _ use: PluginUse, _ external: PluginDescription.External, _ cells: [Cell], _ declaration: Declaration,
    _ diagnostics: inout Diagnostics
  ) {
    let own = cells.filter { $0.strategy == use.label }
    let wanted: [(PluginDescription.Capability, Bool)] = [
      (.arrivals, declaration.arrivals != nil),
      (.maxRate, declaration.settings.maxRate != nil && own.contains(where: \.sendsRequests)),
      (.warmupTasks, declaration.settings.warmupTasks > 0),
    ]
    for (capability, isWanted) in wanted where isWanted && !external.capabilities.contains(capability) {
      let key = declaration.root.entries?.first { $0.keyText == capability.rawValue }?.key
      diagnostics.error(
        key ?? use.node, "strategy '\(use.label)' doesn't know of '\(capability.rawValue)'",
        hint: "its plugin doesn't offer that; leave one of them out")
    }
  }
}
