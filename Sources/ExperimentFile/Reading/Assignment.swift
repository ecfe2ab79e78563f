internal import YAML

/// A place in a file, and the YAML to put there: `strategies.threads.max_workers=1,2,4`.
struct Assignment {
  let text: String
  private let path: String
  let value: Node
  /// False if the log has an error of an assignment. Then nothing runs, and the file isn't changed.
  private let isValid: Bool

  init(_ text: String, log: DiagnosticLog) {
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
      log.add(Diagnostic(.error, in: name, at: whole, "an override is KEY=VALUE", hint: "--set trials=5"))
    } else if !raw.isEmpty {
      do throws(ParseFailure) {
        let list = Self.isBareList(raw) ? "[\(raw)]" : raw
        value = try parse(Source(name: "\(Source.commandLine) \(path)", bytes: Array(list.utf8))).root
      } catch {
        for problem in error.problems {
          log.add(Diagnostic(problem))
        }
      }
    }
    self.value = value
    isValid = !log.hasErrors
  }

  /// Returns true for a text that has commas outside of quotes and brackets.
  private static func isBareList(_ text: String) -> Bool {
    guard let first = text.first, !"[{\"'".contains(first) else { return false }
    return text.contains(",")
  }

  /// Returns the changed file, or `nil` if it has no place for this: all but the last part of the path must be there.
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

extension Source {
  /// The name that messages have for a part of the command line.
  fileprivate static let commandLine = "--set"

  /// True for a part of the command line, false for a file.
  package var isCommandLine: Bool { name.hasPrefix(Self.commandLine) }
}
