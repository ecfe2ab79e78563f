internal import Model
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
    default:
      guard let text = node.text, !node.isNull else {
        error(node, "'\(name)' must be \(type.article), and this is \(node.kindName)")
        return nil
      }
      do {
        return try scalar(text, as: type)
      } catch {
        self.error(node, "'\(name)' must be \(type.article): \(error.message)", hint: error.hint)
        return nil
      }
    }
  }

  /// The lines of the file that a node names, without empty ones and those that begin with #.
  mutating func lines(of node: Node, name: String) -> Node? {
    guard let path = node.text, !path.isEmpty, !node.isNull else {
      error(node, "'\(name)' must be the path of a file, and this is \(node.kindName)")
      return nil
    }
    let folder = node.source.name.lastIndex(of: "/").map { node.source.name[...$0] } ?? ""
    do {
      let text = String(decoding: try readFile(path.hasPrefix("/") ? path : folder + path), as: UTF8.self)
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
    case .string, .list, .map, .lines:
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
    default: "a \(name)"
    }
  }
}
