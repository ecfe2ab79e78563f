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

  /// Everything that has levels of its own: what the file calls variables, and axes of `origin:` and `arrivals:`.
  var variablesAndSections: [Variable] { variables + (origin?.axes ?? []) + (arrivals?.axes ?? []) }
}

/// A name for one text, or for several in turn.
struct Variable {
  var name: String
  var node: Node
  var levels: [Level]
  var isAxis: Bool
}

/// A labelled workload or strategy.
struct PluginUse {
  var label: String
  var node: Node
  var plugin: PluginDescription
  /// In the order of the file; only what it sets.
  var settings: [Setting] = []
  /// Whether every setting could be read as far as it can without its references.
  var isWhole = true
  /// The variables that its settings refer to.
  var references: Set<String> = []

  func setting(_ name: String) -> Setting? {
    settings.first { $0.schema.name == name }
  }
}

/// A parameter that the file sets, to one value or to several in turn.
struct Setting {
  var schema: ParameterSchema
  var alternatives: [Node]
  /// The same as they stand in the file: where it names another file, the alternative is what that file holds.
  var written: [Node]
  var isAxis: Bool
  var node: Node
  /// What its texts refer to: variables, and other parameters of the same plugin.
  var references: Set<String> = []
  /// Then its value can't be known, and needn't be complained about.
  var hasUnknownReferences = false
}

/// Axes that move together.
struct Zip {
  var names: [String]
  var node: Node
}

/// Cells to leave out: those that all conditions hold for.
struct Exclusion {
  var conditions: [Condition]
  var node: Node
  var index: Int
}
