internal import Model
internal import Quantities
internal import YAML

extension ParameterType {
  /// Reads a node as a value of this type.
  ///
  /// - Parameter name: the name that messages have for the value.
  func value(of node: Node, name: String) throws(Unreadable) -> Value {
    switch self {
    case .list(let element):
      guard let items = node.sequence else {
        throw Unreadable(node, "'\(name)' must be a list, and this is \(node.kindName)")
      }
      return .list(try items.read { (item) throws(Unreadable) in try element.value(of: item, name: name) })
    case .map(let element):
      guard let entries = node.entries else {
        throw Unreadable(node, "'\(name)' must be a mapping, and this is \(node.kindName)")
      }
      let pairs = try entries.read { (entry) throws(Unreadable) in
        (entry.keyText, try element.value(of: entry.value, name: "\(name).\(entry.keyText)"))
      }
      return .map(Dictionary(pairs) { $1 })
    case .lines: return try ParameterType.list(.string).value(of: node, name: name)
    case .content:
      guard let content = FileContent(node.anyValue) else {
        throw Unreadable(node, "'\(name)' must be the path of a file, and this is \(node.kindName)")
      }
      return FileContent(path: node.path(content.path), of: content).value
    case .any: return node.anyValue
    case .switchable(let settings):
      if let entries = node.entries { return .map(try Self.switchedOn(entries, settings: settings, name: name)) }
      guard try ParameterType.boolean.value(of: node, name: name) == .boolean(true) else { return .boolean(false) }
      return .map(try Self.switchedOn([], settings: settings, name: name))
    default:
      guard let text = node.text, !node.isNull else {
        throw Unreadable(node, "'\(name)' must be \(article), and this is \(node.kindName)")
      }
      do throws(ReadingError) {
        let value = try value(of: text)
        return self == .file ? value.string.map { .string(node.path($0)) } ?? value : value
      } catch {
        if let template = node.template {
          // The advice is about the whole text.
          let isWhole = template.values.count == 1 && template.values[0].text == text
          throw Unreadable(
            node, "'\(name)' must be \(article), and '\(template.text)' isn't\(template.circumstances)",
            hint: isWhole ? error.hint : nil)
        }
        throw Unreadable(node, "'\(name)' must be \(article): \(error.message)", hint: error.hint)
      }
    }
  }

  /// Reads the settings of something that is on. Those that the file leaves out have their defaults.
  private static func switchedOn(
    _ entries: [Node.Entry], settings: [ParameterSchema], name: String
  ) throws(Unreadable) -> [String: Value] {
    var result: [String: Value] = [:]
    for setting in settings {
      result[setting.name] = setting.defaultValue
    }
    let pairs = try entries.read { (entry) throws(Unreadable) in
      guard let setting = settings.first(where: { $0.name == entry.keyText }) else {
        throw Unreadable(
          entry.key, "unknown key '\(entry.keyText)' in '\(name)'",
          hint: Spelling.hint(for: entry.keyText, among: settings.map(\.name)))
      }
      return (setting.name, try setting.value(of: entry.value))
    }
    return result.merging(pairs) { $1 }
  }
}

extension ParameterSchema {
  /// Reads a node as the value of this setting, within its bounds.
  func value(of node: Node) throws(Unreadable) -> Value {
    let value = try type.value(of: node, name: name)
    if let objection = objection(to: value) { throw Unreadable(node, objection) }
    return value
  }

  /// Says which bound a value, or the count of its entries, exceeds; `nil` if none.
  private func objection(to value: Value) -> String? {
    let count = value.list?.count ?? value.map?.count
    guard let number = count.map(Double.init) ?? value.number else { return nil }
    let what = count == nil ? "'\(name)'" : "the number of entries of '\(name)'"
    func text(_ bound: Double) -> String {
      String(shortest: bound) + (count == nil ? type.unit.map { " \($0)" } ?? "" : "")
    }
    if let minimum, number < minimum { return "\(what) must be at least \(text(minimum))" }
    if let maximum, number > maximum { return "\(what) must be at most \(text(maximum))" }
    return nil
  }
}
