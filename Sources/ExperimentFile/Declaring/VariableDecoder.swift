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
    let isRange = entry.value.entries != nil
    let type: ParameterType = isRange ? rangeType(entry.value) : .string
    guard let alternatives = reader.alternatives(of: entry.value, for: type, name: name) else { return nil }
    let (nodes, isAxis) = (alternatives.nodes, alternatives.isAxis)
    var texts: [String] = []
    for node in nodes {
      guard let text = reader.read(node, as: .string, name: name)?.string else { return nil }
      if text.contains("${") { log.error(node, "a variable can't refer to other variables") }
      if isAxis, text.unicodeScalars.contains(where: { $0.properties.generalCategory == .control }) {
        log.error(node, "a level of an axis can't have tabs and line breaks in it")
      }
      texts.append(text)
    }
    let levels = Self.levels(of: texts)
    var seen: Set<Value> = []
    for (index, level) in levels.enumerated() where !seen.insert(level.value).inserted {
      log.error(nodes[index], "'\(level.text)' stands twice in '\(name)'")
    }
    return Variable(name: name, node: entry.key, levels: levels, isAxis: isAxis)
  }

  /// Returns the type of a range, which is that of its ends.
  private func rangeType(_ node: Node) -> ParameterType {
    let text = node["from"]?.text ?? ""
    if Quantity.plainNumber(text) != nil { return (try? Quantity.integer(text)) == nil ? .number : .integer }
    return (try? Quantity.size(text)) == nil ? .duration : .size
  }

  /// Returns levels whose values are numbers if all of them are numbers, sizes or durations, and texts otherwise.
  private static func levels(of texts: [String]) -> [Level] {
    let readers: [(String) -> Value?] = [
      { (try? Quantity.integer($0)).map(Value.integer) },
      { Quantity.plainNumber($0).map(Value.number) },
      { (try? Quantity.size($0)).map(Value.integer) },
      { (try? Quantity.duration($0)).map(Value.number) },
    ]
    for reader in readers {
      let values = texts.map(reader)
      if !values.contains(nil) { return zip(texts, values).map { Level(text: $0, value: $1 ?? .null) } }
    }
    return texts.map { Level(text: $0, value: .string($0)) }
  }
}
