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
  /// The commands around the run, and those around trials that are the same for all.
  var hooks = Hooks()
  /// The variables that are the same for all trials, and for the hooks of the run.
  var environment: [String: String] = [:]
  /// Hooks and environment variables that may differ from cell to cell.
  var cellTexts: [CellText] = []
  /// Commands around the run that refer to the embedded server.
  var hooksWithOrigin: [Node] = []
  /// What may be in the file beside all this.
  var doubts = Doubts()
  var origin: Section?
  var arrivals: Section?

  /// All that has levels of its own: the variables of the file, and the settings of `origin:` and `arrivals:`.
  var variablesAndSections: [Variable] { variables + (origin?.variables ?? []) + (arrivals?.variables ?? []) }

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
