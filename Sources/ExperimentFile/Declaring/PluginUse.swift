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
  /// The alternatives as they stand in the file.
  let alternatives: [Node]
  /// What the files have that the alternatives name, by path. The paths are filled.
  let files: [String: Node]
  let isAxis: Bool
  let node: Node
  /// The references of its texts, in order: to variables, and to other parameters of the same plugin.
  let references: [Template.Reference]
  let referencedNames: Set<String>
  /// True if its texts must be filled before they are read.
  let hasTemplates: Bool
  /// True if nothing is called what it refers to, or if a reference can't be read. Then its value can't be known, and isn't
  /// checked.
  var hasUnknownReferences: Bool

  /// Reads the alternatives of a parameter. Returns `nil` after an error.
  ///
  /// - Parameter variables: those that the name of a file can have in it.
  init?(_ schema: ParameterSchema, at node: Node, variables: [Variable], reader: ValueReader) {
    guard let node = Alternatives.isRange(node, for: schema.type) ? reader.filled(node) : node,
      let read = reader.alternatives(of: node, for: schema.type, name: schema.name)
    else { return nil }
    var files: [String: Node] = [:]
    if schema.type.readsFile {
      let reading = NamedFiles(reader: reader, variables: variables, type: schema.type)
      for path in read.nodes {
        guard let named = reading.contents(of: path, name: schema.name) else { return nil }
        files.merge(named) { first, _ in first }
      }
    }
    self.schema = schema
    self.node = node
    self.files = files
    alternatives = read.nodes
    isAxis = read.isAxis
    let texts = read.nodes + files.sorted { $0.key < $1.key }.map(\.value)
    references = texts.flatMap(reader.references)
    referencedNames = Set(references.map(\.name))
    hasTemplates = texts.contains(where: \.hasTemplates)
    hasUnknownReferences = texts.flatMap(\.scalars).contains { (try? Template.references(in: $0)) == nil }
  }
}
