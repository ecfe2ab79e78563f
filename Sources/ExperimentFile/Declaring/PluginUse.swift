internal import Model
internal import YAML

/// A labelled workload or strategy.
struct PluginUse {
  var label: String
  var node: Node
  var plugin: PluginDescription
  /// The settings that the file has, in the order of the file.
  var settings: [Setting] = []
  /// True if every setting could be read as far as that is possible without its references.
  var isWhole = true
  /// The variables that its settings refer to.
  var references: Set<String> = []

  func setting(_ name: String) -> Setting? {
    settings.first { $0.schema.name == name }
  }
}

/// A parameter that the file sets, to one value or to several in turn.
struct Setting {
  let schema: ParameterSchema
  let alternatives: [Node]
  /// The alternatives as they stand in the file. If they name other files, `alternatives` has the lines of those.
  let written: [Node]
  let isAxis: Bool
  let node: Node
  /// The references of its texts, in order: to variables, and to other parameters of the same plugin.
  let references: [Template.Reference]
  let referencedNames: Set<String>
  /// True if nothing is called what it refers to. Then its value can't be known, and isn't checked.
  var hasUnknownReferences = false

  /// Reads the alternatives of a parameter. Returns `nil` after an error.
  init?(_ schema: ParameterSchema, at node: Node, reader: ValueReader) {
    guard let read = reader.alternatives(of: node, for: schema.type, name: schema.name) else { return nil }
    var nodes = read.nodes
    if schema.type == .lines {
      nodes = read.nodes.compactMap { reader.lines(of: $0, name: schema.name) }
      guard nodes.count == read.nodes.count else { return nil }
    }
    self.schema = schema
    self.node = node
    alternatives = nodes
    written = read.nodes
    isAxis = read.isAxis
    references = nodes.flatMap(reader.references)
    referencedNames = Set(references.map(\.name))
  }
}
