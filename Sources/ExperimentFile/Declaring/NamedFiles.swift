internal import Model
internal import YAML

/// A reader of the files that a text names, whose path may have variables in it.
struct NamedFiles {
  let reader: ValueReader
  let variables: [Variable]
  /// The type of the parameter that names them, which says what of a file counts: its lines, or its bytes.
  let type: ParameterType

  /// A bound on the time that a check takes.
  private static let mostFiles = 1000

  /// Reads the file for every combination of the levels of the variables in its path.
  ///
  /// - Returns: what stands for the content, by filled path; `nil` after an error.
  func contents(of path: Node, name: String) -> [String: Node]? {
    let names = Set(reader.references(in: path).map(\.name))
    let named = variables.filter { names.contains($0.name) }
    guard path.hasTemplates else { return content(of: path, name: name).map { [path.text ?? "": $0] } }
    guard named.count == names.count else {
      // Reports the name that is no variable.
      var reader = reader
      for variable in named { reader.scope.texts[variable.name] = variable.levels.first?.text }
      _ = reader.filled(path)
      return nil
    }
    reader.used.add(names)
    let odometer = Odometer(counts: named.map(\.levels.count))
    guard let total = odometer.total, total <= Self.mostFiles else {
      reader.log.error(path, "'\(name)' would name more than \(Self.mostFiles) files")
      return nil
    }
    var result: [String: Node] = [:]
    for choice in odometer {
      let scope = zip(named, choice).map { ($0.name, $0.levels[$1].text) }
      let filled = Template.fill(path, from: Dictionary(scope) { $1 })
      guard result[filled.text ?? ""] == nil else { continue }
      guard let content = content(of: filled, name: name) else { return nil }
      result[filled.text ?? ""] = content
    }
    return result
  }

  private func content(of path: Node, name: String) -> Node? {
    if type == .content { return reader.content(of: path, name: name) }
    return reader.lines(of: path, name: name).map { Concealment.concealedLines($0, log: reader.log) }
  }
}
