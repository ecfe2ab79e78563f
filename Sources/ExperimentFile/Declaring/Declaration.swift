internal import Model
internal import YAML

/// An experiment file, decoded but not yet expanded: texts may still have `${name}` in them.
struct Declaration {
  var experiment: String
  var root: Node
  var description: String?
  var variables: [Variable] = []
  var workloads: [PluginUse] = []
  var strategies: [PluginUse] = []
  var zips: [Zip] = []
  var excludes: [Exclusion] = []
  var baseline: (label: String, node: Node)?
  var settings = RunSettings()
  var hooks = Hooks()
  var environment: [String: String] = [:]
  var origin: Section?
  var arrivals: Section?

  /// All that has levels of its own: the variables of the file, and the axes of `origin:` and `arrivals:`.
  var variablesAndSections: [Variable] { variables + (origin?.axes ?? []) + (arrivals?.axes ?? []) }

  /// The labels of workloads that cells can have, in the order of the file.
  var workloadLabels: [String] {
    workloads.map(\.label) + (strategies.contains { !$0.plugin.needsWorkload } ? [Label.ownWork] : [])
  }

  /// The metrics of the plugins, and those that patterns of the file name, in alphabetical order.
  var metrics: [String] {
    let uses = workloads + strategies
    let fixed = uses.flatMap { use in
      use.plugin.metrics.filter { $0.parameter.map { use.setting($0) != nil } ?? true }.map(\.name)
    }
    let named = uses.flatMap { use in
      use.settings.filter { $0.schema.type == .map(.pattern) }
        .flatMap { $0.alternatives.flatMap { $0.entries?.map(\.keyText) ?? [] } }
    }
    return Set(fixed + named).sorted()
  }
}

/// A group of axes that move together.
struct Zip {
  var names: [String]
  var node: Node
}

/// A rule for cells to leave out: those that all conditions hold for.
struct Exclusion {
  var conditions: [Condition]
  var node: Node
  var index: Int
}
