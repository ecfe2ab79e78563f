internal import Model
internal import YAML

/// The limits of the external plugins that a file uses.
struct ExternalLimits {
  let declaration: Declaration
  let log: DiagnosticLog

  /// Takes out the cells of workloads that their strategy can't do, and returns them.
  ///
  /// A strategy that can do no workload of the file is an error.
  func apply(to cells: inout [Cell]) -> [ExcludedCell] {
    guard declaration.strategies.contains(where: { $0.plugin.external != nil }) else { return [] }
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
        log.error(
          use.node, "strategy '\(use.label)' can do no workload of this file",
          hint: "it can do " + external.workloads.joined(separator: ", "))
      }
      checkCapabilities(of: use, external: external, cells: cells)
    }
    return excluded
  }

  private func checkCapabilities(of use: PluginUse, external: PluginDescription.External, cells: [Cell]) {
    let own = cells.filter { $0.strategy == use.label }
    let wanted: [(PluginDescription.Capability, Bool)] = [
      (.arrivals, declaration.arrivals != nil),
      (.maxRate, declaration.settings.maxRate != nil && own.contains(where: \.sendsRequests)),
      (.warmupTasks, declaration.settings.warmupTasks > 0),
    ]
    for (capability, isWanted) in wanted where isWanted && !external.capabilities.contains(capability) {
      let key = declaration.root.entries?.first { $0.keyText == capability.rawValue }?.key
      refuse(capability.rawValue, at: key ?? use.node, by: use)
    }
    if external.capabilities.contains(.arrivals), !external.capabilities.contains(.ramp),
      let ramp = declaration.root[.arrivals]?.entries?.first(where: { $0.keyText == FileSettings.rampKey })
    {
      refuse(FileSettings.rampKey, at: ramp.key, by: use)
    }
    for work in declaration.workloads {
      for setting in work.settings {
        guard let capability = setting.schema.needs, !external.capabilities.contains(capability),
          own.contains(where: { $0.workload == work.label && isOn(setting.schema.name, in: $0) })
        else { continue }
        refuse(setting.schema.name, at: setting.node, by: use)
      }
    }
  }

  private func refuse(_ feature: String, at node: Node, by use: PluginUse) {
    log.error(
      node, "strategy '\(use.label)' doesn't know of '\(feature)'",
      hint: "its plugin doesn't offer that; leave one of them out")
  }

  private func isOn(_ parameter: String, in cell: Cell) -> Bool {
    cell.workloadPlugin?.parameters[parameter].map { $0 != .boolean(false) } ?? false
  }
}
