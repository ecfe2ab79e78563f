internal import Model
internal import YAML

/// The completion of a catalog by external plugins that a file needs.
struct CatalogCompletion {
  let search: PluginSearch
  let log: DiagnosticLog

  /// Returns the catalog with the strategies of the programs that the file names.
  ///
  /// Folders are searched only if the file uses a strategy that is neither built in nor in those programs: programs that
  /// lie there aren't run without need.
  func complete(_ catalog: Catalog, for needs: PluginNeeds) -> Catalog {
    var catalog = catalog
    for (node, path) in needs.programs {
      let found = search(path)
      for problem in found.problems {
        log.unavailable(node, "the plugin '\(problem.path)' can't be used: \(problem.reason)")
      }
      for (clash, owner) in add(found.strategies, to: &catalog) {
        log.error(node, "it offers '\(clash)', which \(owner) has already")
      }
    }
    let missing = needs.strategies.filter { catalog.strategy($0.name) == nil }
    guard !missing.isEmpty else { return catalog }
    let found = search(nil)
    _ = add(found.strategies, to: &catalog)
    if missing.contains(where: { catalog.strategy($0.name) == nil }) {
      for problem in found.problems {
        log.warning(missing[0].node, "the plugin '\(problem.path)' can't be used: \(problem.reason)")
      }
    }
    return catalog
  }

  /// Adds strategies, and returns those that another plugin offers already, with the owner.
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
}
