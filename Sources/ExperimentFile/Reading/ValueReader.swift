internal import Model
internal import YAML

/// A reader of values for decoders: it adds to the log what can't be read, and opens files that a file names.
struct ValueReader {
  let log: DiagnosticLog
  let readFile: FileReader
  /// The names that texts can have in them.
  var scope = FileScope()
  /// The names that texts for the whole file have in them.
  let used = UsedNames()

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

  /// Replaces the references in a node that is the same for the whole experiment.
  ///
  /// - Parameter late: references that are replaced when the experiment runs.
  /// - Returns: `nil` after an error, and where a variable that has one is needed.
  func filled(_ node: Node, late: [LateReference] = []) -> Node? {
    guard node.hasTemplates else { return node }
    var scope = scope.texts
    for reference in late { scope[reference.name] = reference.text }
    var isWhole = true
    for scalar in node.scalars {
      guard let references = log.report({ () throws(Unreadable) in try Template.references(in: scalar) }) else {
        isWhole = false
        continue
      }
      used.add(references.map(\.name))
      for reference in references where scope[reference.name] == nil {
        isWhole = false
        if self.scope.broken.contains(reference.name) { continue }
        guard let (problem, hint) = self.scope.objection(to: reference.name) else { continue }
        log.error(reference.node, problem, hint: hint)
      }
    }
    return isWhole ? Template.fill(node, from: scope, late: late) : nil
  }

  /// Reads the file that a node names, and returns a description of its bytes that stands in the node's place.
  func content(of node: Node, name: String) -> Node? {
    log.report { () throws(Unreadable) in
      let bytes = try log.secrets.revealed(node).bytes(name: name, limit: FileContent.maximumBytes, readFile: readFile)
      return node.description(ofContent: bytes)
    }
  }

  /// Reads the file that a node names, and returns a list of its lines that stands in the node's place.
  func lines(of node: Node, name: String) -> Node? {
    log.report { () throws(Unreadable) in try log.secrets.revealed(node).lines(name: name, readFile: readFile) }
  }
}
