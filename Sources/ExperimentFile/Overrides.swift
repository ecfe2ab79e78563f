internal import Model
internal import Quantities
internal import YAML

/// What the command line says differently from the file.
package struct Overrides: Sendable {
  /// `KEY=VALUE`, in order.
  package var set: [String] = []
  package var only: [Condition] = []
  /// Exactly so many: what the file says of `precision` doesn't count then.
  package var trials: Int?
  package var warmup: Int?
  package var seed: Int?
  /// Seconds.
  package var timeout: Double?
  /// 3 trials, no warm-up, no claims.
  package var isQuick = false

  package init() {}
}

/// `strategies.threads.max_workers=1,2,4`: a place in the file, and the YAML to put there.
struct Assignment {
  let text: String
  private let path: String
  let value: Node
  /// Whether it makes sense by itself; if not, that was told.
  private let isValid: Bool

  init(_ text: String, _ diagnostics: inout Diagnostics) {
    self.text = text
    let name = Source(name: Source.commandLine, bytes: Array(text.utf8))
    let equals = text.firstIndex(of: "=")
    path = String(text[..<(equals ?? text.endIndex)])
    let raw = equals.map { String(text[text.index(after: $0)...]) } ?? ""
    let start = Mark(line: 1, column: path.count + 2)
    let whole = Span(start: Mark(line: 1, column: 1), end: Mark(line: 1, column: text.count + 1))
    var value = Node(
      content: .scalar(Node.Scalar(text: "", isPlain: true)), span: Span(start: start, end: start), source: name)
    if equals == nil || path.isEmpty {
      diagnostics.add(Diagnostic(.error, name, whole, "an override is KEY=VALUE", hint: "--set trials=5"))
    } else if !raw.isEmpty {
      do throws(ParseFailure) {
        let list = Self.isBareList(raw) ? "[\(raw)]" : raw
        value = try parse(Source(name: "\(Source.commandLine) \(path)", bytes: Array(list.utf8))).root
      } catch {
        for problem in error.problems {
          diagnostics.add(Diagnostic(problem))
        }
      }
    }
    self.value = value
    isValid = !diagnostics.hasErrors
  }

  /// Commas outside of quotes and brackets.
  private static func isBareList(_ text: String) -> Bool {
    guard let first = text.first, !"[{\"'".contains(first) else { return false }
    return text.contains(",")
  }

  /// Whether the file has a place for this: all but the last part of the path must be there.
  ///
  /// - Returns: the changed file, or `nil`.
  func applied(to root: Node) -> Node? {
    isValid ? put(path[...], into: root) : root
  }

  private func put(_ path: Substring, into node: Node) -> Node? {
    guard case .mapping(let entries) = node.content else {
      return node.isNull ? put(path, into: Node(content: .mapping([]), span: node.span, source: node.source)) : nil
    }
    var result = node
    var changed = entries
    // The longest key first: a label may have a dot in it.
    let known = entries.indices.sorted { entries[$0].keyText.count > entries[$1].keyText.count }
    for index in known {
      let key = entries[index].keyText
      if path == key {
        changed[index].value = value
      } else if path.hasPrefix(key + "."), let inner = put(path.dropFirst(key.count + 1), into: entries[index].value) {
        changed[index].value = inner
      } else {
        continue
      }
      result.content = .mapping(changed)
      return result
    }
    guard !path.contains(".") else { return nil }
    let key = Node(
      content: .scalar(Node.Scalar(text: String(path), isPlain: true)), span: value.span, source: value.source)
    changed.append(Node.Entry(key: key, keyText: String(path), value: value))
    result.content = .mapping(changed)
    return result
  }
}

/// Settings that the command line can set as a file can, within the same bounds.
package enum CountSetting: Sendable {
  case trials, warmup, seed

  private var schema: ParameterSchema {
    switch self {
    case .trials: SettingsDecoder.trials
    case .warmup: SettingsDecoder.warmup
    case .seed: SettingsDecoder.seed
    }
  }

  /// Why this can't be its value; `nil` if it can.
  package func objection(to value: Int) -> String? {
    if let minimum = schema.minimum, Double(value) < minimum {
      return "--\(schema.name) must be at least \(String(shortest: minimum))"
    }
    if let maximum = schema.maximum, Double(value) > maximum {
      return "--\(schema.name) must be at most \(String(shortest: maximum))"
    }
    return nil
  }
}

/// Reads the time limit of a trial from the command line, in seconds; `nil` if it isn't one that a file could have.
package func timeoutOption(_ text: String) -> Double? {
  let schema = SettingsDecoder.timeout
  guard let seconds = try? Quantity.duration(text), let low = schema.minimum, let high = schema.maximum else {
    return nil
  }
  return (low...high).contains(seconds) ? seconds : nil
}

/// Reads a share from the command line, as a file would have it: `5%` or `0.05`.
package func shareOption(_ text: String) -> Double? { try? Quantity.share(text) }

extension Source {
  /// What messages call a part of the command line.
  fileprivate static let commandLine = "--set"

  /// Whether this isn't a file.
  package var isCommandLine: Bool { name.hasPrefix(Self.commandLine) }
}
