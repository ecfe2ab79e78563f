internal import Model
internal import Quantities
internal import YAML

/// A decoder of `variables:`.
struct VariableDecoder {
  let reader: ValueReader

  private var log: DiagnosticLog { reader.log }

  func decode(_ node: Node) -> [Variable] {
    guard let entries = node.entries else {
      log.error(node, "'variables' must be a mapping, and this is \(node.kindName)")
      return []
    }
    return entries.compactMap { variable($0) }
  }

  private func variable(_ entry: Node.Entry) -> Variable? {
    let name = entry.keyText
    if !Template.isName(name) {
      log.error(entry.key, "'\(name)' isn't a name: letters, digits and _, and no digit first")
    } else if name == ParameterName.maxWorkers || ColumnNames.reserved.contains(name) {
      log.error(
        entry.key, "a variable can't be called '\(name)': that is a column of the results",
        hint: name == ParameterName.maxWorkers
          ? "set it for the strategies, or write 'sweep: { max_workers: […] }'" : nil)
    }
    if Section.Name.allCases.contains(where: { name == $0.rawValue || name.hasPrefix("\($0.rawValue)_") }) {
      log.error(
        entry.key, "a variable can't be called '\(name)': settings of the file itself are", hint: "rename the variable")
    }
    guard let range = typeOfLevels(entry.value, name) else { return nil }
    guard let alternatives = reader.alternatives(of: entry.value, for: range, name: name) else { return nil }
    let (nodes, isAxis) = (alternatives.nodes, alternatives.isAxis)
    let texts = nodes.map { text(of: $0, name: name, isAxis: isAxis) }.compactMap(\.self)
    guard texts.count == nodes.count else { return nil }
    let levels = Self.levels(of: texts, type: range)
    var seen: Set<Value> = []
    for (index, level) in levels.enumerated() where !seen.insert(level.value).inserted {
      log.error(nodes[index], "'\(nodes[index].quotedText)' stands twice in '\(name)'")
    }
    return Variable(name: name, node: entry.key, levels: levels, isAxis: isAxis)
  }

  /// Returns the type of the levels of a range, and `.string` for all other values; `nil` after an error.
  private func typeOfLevels(_ node: Node, _ name: String) -> ParameterType? {
    guard node.entries != nil else { return .string }
    if let scalar = node.scalars.first(where: { $0.text?.contains("${") ?? false }) {
      log.error(scalar, "a variable can't refer to other variables")
      return nil
    }
    return log.report { () throws(Unreadable) in try LevelRange.type(of: node) }
  }

  private func text(of node: Node, name: String, isAxis: Bool) -> String? {
    guard let written = reader.read(node, as: .string, name: name)?.string else { return nil }
    guard let references = log.report({ () throws(Unreadable) in try Template.references(in: node) }) else {
      return nil
    }
    guard references.isEmpty else {
      log.error(node, "a variable can't refer to other variables")
      return nil
    }
    if isAxis, Secrets.isReferred(in: written) { log.error(node, Concealment.axisObjection(to: name)) }
    if isAxis, written.unicodeScalars.contains(where: { $0.properties.generalCategory == .control }) {
      log.error(node, "a level of an axis can't have tabs and line breaks in it")
      return nil
    }
    // What looks like a number and is none would be an error only where it is used.
    if case .scalar(let scalar) = node.content, scalar.isPlain, let objection = Quantity.leadingZero(written) {
      log.error(node, objection.message, hint: "\(objection.hint.map { "\($0), or " } ?? "")quote it, if it is a text")
      return nil
    }
    return Template.fill(node, from: [:]).text
  }

  /// Returns levels whose values are numbers if all of them are numbers, sizes or durations, and texts otherwise.
  ///
  /// Shares and rates are numbers in ranges only.
  private static func levels(of texts: [String], type: ParameterType) -> [Level] {
    var readers: [(String) -> Value?] = [
      { (try? Quantity.integer($0)).map(Value.integer) },
      { Quantity.plainNumber($0).map(Value.number) },
      { (try? Quantity.size($0)).map(Value.integer) },
      { (try? Quantity.duration($0)).map(Value.number) },
    ]
    if type != .string { readers.append { try? type.value(of: $0) } }
    // A text such as 007 is none of them: unquoted, it would be an error.
    if texts.contains(where: { Quantity.leadingZero($0) != nil }) { readers = [] }
    for reader in readers {
      let values = texts.map(reader)
      if !values.contains(nil) { return zip(texts, values).map { Level(text: $0, value: $1 ?? .null) } }
    }
    return texts.map { Level(text: $0, value: .string($0)) }
  }
}
