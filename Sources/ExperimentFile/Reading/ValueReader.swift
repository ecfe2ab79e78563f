internal import Model
internal import YAML

/// A reader of values for decoders: it adds to the log what can't be read, and opens files that a file names.
struct ValueReader {
  let log: DiagnosticLog
  let readFile: FileReader

  /// Reads a value of a type.
  ///
  /// - Parameter name: the name that messages have for the value.
  func read(_ node: Node, as type: ParameterType, name: String) -> Value? {
    log.report { () throws(Unreadable) in try type.value(of: node, name: name) }
  }

  /// Reads the value of a setting, within its bounds.
  func read(_ node: Node, as schema: ParameterSchema) -> Value? {
    log.report { () throws(Unreadable) in try schema.value(of: node) }
  }

  /// Reads the alternatives of a setting: one value, or the levels of an axis.
  func alternatives(of node: Node, for type: ParameterType, name: String) -> Alternatives? {
    log.report { () throws(Unreadable) in try Alternatives(of: node, for: type, name: name) }
  }

  /// Reads every reference in a node. Bad templates are reported, and the others read nevertheless.
  func references(in node: Node) -> [Template.Reference] {
    node.scalars.flatMap { scalar in
      log.report { () throws(Unreadable) in try Template.references(in: scalar) } ?? []
    }
  }

  /// Reads the file that a node names, and returns a list of its lines that stands in the node's place.
  func lines(of node: Node, name: String) -> Node? {
    log.report { () throws(Unreadable) in try node.lines(name: name, readFile: readFile) }
  }
}
