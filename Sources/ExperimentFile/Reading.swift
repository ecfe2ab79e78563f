internal import Model
internal import Quantities
internal import YAML

/// Reading nodes as what a schema expects of them.
extension Diagnostics {
  /// The value of a node as a type says, or `nil` and a diagnostic.
  mutating func read(_ node: Node, as type: ParameterType, name: String) -> Value? {
    switch type {
    case .list(let element):
      guard let items = node.sequence else {
        error(node, "'\(name)' must be a list, and this is \(node.kindName)")
        return nil
      }
      let values = items.map { read($0, as: element, name: name) }
      return values.contains(nil) ? nil : .list(values.compactMap { $0 })
    case .map(let element):
      guard let entries = node.entries else {
        error(node, "'\(name)' must be a mapping, and this is \(node.kindName)")
        return nil
      }
      var result: [String: Value] = [:]
      for entry in entries {
        result[entry.keyText] = read(entry.value, as: element, name: "\(name).\(entry.keyText)")
      }
      return result.count == entries.count ? .map(result) : nil
    case .lines: return read(node, as: .list(.string), name: name)
    case .any: return .some(anything(node))
    case .switchable(let settings) where node.entries != nil:
      return switchedOn(node.entries ?? [], settings, name: name).map(Value.map)
    case .switchable(let settings):
      guard let isOn = read(node, as: .boolean, name: name)?.boolean else { return nil }
      return isOn ? switchedOn([], settings, name: name).map(Value.map) : .boolean(false)
    default:
      guard let text = node.text, !node.isNull else {
        error(node, "'\(name)' must be \(type.article), and this is \(node.kindName)")
        return nil
      }
      do {
        let value = try scalar(text, as: type)
        return type == .file ? value.string.map { .string(path($0, from: node)) } : value
      } catch {
        self.error(node, "'\(name)' must be \(type.article): \(error.message)", hint: error.hint)
        return nil
      }
    }
  }

  /// What is on has all its settings.
  private mutating func switchedOn(
    _ entries: [Node.Entry], _ settings: [ParameterSchema], name: String
  ) -> [String: Value]? {
    var result: [String: Value] = [:]
    for setting in settings {
      result[setting.name] = setting.defaultValue
    }
    var isWhole = true
    for entry in entries {
      guard let setting = settings.first(where: { $0.name == entry.keyText }) else {
        error(
          entry.key, "unknown key '\(entry.keyText)' in '\(name)'",
          hint: Spelling.hint(for: entry.keyText, among: settings.map(\.name)))
        isWhole = false
        continue
      }
      result[setting.name] = read(entry.value, as: setting)
      isWhole = isWhole && result[setting.name] != nil
    }
    return isWhole ? result : nil
  }

  /// As most programs read YAML, but with this file's spelling of numbers.
  private func anything(_ node: Node) -> Value {
    switch node.content {
    case .sequence(let items): return .list(items.map(anything))
    case .mapping(let entries):
      return .map(Dictionary(entries.map { ($0.keyText, anything($0.value)) }) { $1 })
    case .scalar(let scalar):
      guard scalar.isPlain else { return .string(scalar.text) }
      if node.isNull { return .null }
      if scalar.text == "true" || scalar.text == "false" { return .boolean(scalar.text == "true") }
      do {
        return .integer(try Quantity.integer(scalar.text))
      } catch  where error.hint != nil {
        // What some read as hexadecimal or octal, a plugin may read as it likes.
        return .string(scalar.text)
      } catch {
        return Quantity.plainNumber(scalar.text).map(Value.number) ?? .string(scalar.text)
      }
    }
  }

  /// Files are named relative to the one that names them.
  func path(_ text: String, from node: Node) -> String {
    guard !text.hasPrefix("/"), !node.source.isCommandLine else { return text }
    let folder = node.source.name.lastIndex(of: "/").map { node.source.name[...$0] } ?? ""
    return folder + text
  }

  /// The lines of the file that a node names, without empty ones and those that begin with #.
  mutating func lines(of node: Node, name: String) -> Node? {
    guard let path = node.text, !path.isEmpty, !node.isNull else {
      error(node, "'\(name)' must be the path of a file, and this is \(node.kindName)")
      return nil
    }
    do {
      let text = String(decoding: try readFile(self.path(path, from: node)), as: UTF8.self)
      let lines = text.split(whereSeparator: \.isNewline).map { line in
        let line = line.firstRange(of: " #").map { line[..<$0.lowerBound] } ?? line
        return String(line.drop(while: \.isWhitespace).reversed().drop(while: \.isWhitespace).reversed())
      }
      var result = node
      result.content = .sequence(
        lines.filter { !$0.isEmpty && !$0.hasPrefix("#") }.map { line in
          var item = node
          item.content = .scalar(Node.Scalar(text: line, isPlain: false))
          return item
        })
      return result
    } catch {
      self.error(node, "'\(name)': \(path): \(error)")
      return nil
    }
  }

  private func scalar(_ text: String, as type: ParameterType) throws(ReadingError) -> Value {
    switch type {
    case .boolean: return .boolean(try Quantity.boolean(text))
    case .integer: return .integer(try Quantity.integer(text))
    case .number: return .number(try Quantity.number(text))
    case .duration: return .number(try Quantity.duration(text))
    case .size: return .integer(try Quantity.size(text))
    case .share: return .number(try Quantity.share(text))
    case .rate: return .number(try Quantity.rate(text))
    case .choice(let known):
      guard known.contains(text) else {
        throw ReadingError("'\(text)' isn't one of them", hint: Spelling.hint(for: text, among: known))
      }
      return .string(text)
    case .pattern:
      guard (try? Regex(text)) != nil else { throw ReadingError("'\(text)' isn't a regular expression") }
      return .string(text)
    case .file where text.isEmpty: throw ReadingError("it is empty")
    case .string, .file, .list, .map, .lines, .any, .switchable:
      guard !text.unicodeScalars.contains("\0") else { throw ReadingError("it has a NUL character") }
      return .string(text)
    }
  }

  /// Checks a value against a schema's range.
  mutating func check(_ value: Value, of node: Node, against schema: ParameterSchema) -> Bool {
    let count = value.list?.count ?? value.map?.count
    guard let number = count.map(Double.init) ?? value.number else { return true }
    let what = count == nil ? "'\(schema.name)'" : "the number of entries of '\(schema.name)'"
    func text(_ bound: Double) -> String {
      String(shortest: bound) + (count == nil ? schema.type.unit.map { " \($0)" } ?? "" : "")
    }
    if let minimum = schema.minimum, number < minimum {
      error(node, "\(what) must be at least \(text(minimum))")
      return false
    }
    if let maximum = schema.maximum, number > maximum {
      error(node, "\(what) must be at most \(text(maximum))")
      return false
    }
    return true
  }

  /// Reads a setting of the file itself.
  mutating func read(_ node: Node, as schema: ParameterSchema) -> Value? {
    guard let value = read(node, as: schema.type, name: schema.name), check(value, of: node, against: schema) else {
      return nil
    }
    return value
  }
}

extension ParameterType {
  var article: String {
    switch self {
    case .integer: "an integer"
    case .boolean: "true or false"
    case .string: "a text"
    case .pattern: "a regular expression"
    case .choice(let known): "one of " + known.joined(separator: ", ")
    case .file, .lines: "the path of a file"
    case .any: "anything"
    case .switchable: "false, true or a mapping of settings"
    default: "a \(name)"
    }
  }
}
