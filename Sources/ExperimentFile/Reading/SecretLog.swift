internal import Model
internal import YAML

/// The secrets of one file, and the places of the file that hold them.
final class SecretLog {
  private(set) var secrets = Secrets()
  /// The environment that `${env:NAME}` reads.
  private let environment: [String: String]
  /// The places that are never quoted, by source and line.
  private var places: [Source: [Int: Set<Place>]] = [:]
  /// The sources that can't be parsed. What is secret in them is guessed.
  private var unread: Set<Source> = []

  /// The columns that aren't shown, by source and line, of lines that were asked for.
  private var hiddenColumns: [Source: [Int: [Range<Int>]]] = [:]

  /// A secret in the file.
  private struct Place: Hashable {
    /// The scalar that has the secret.
    var span: Span
    /// The secret; `nil` if the whole scalar is one.
    var part: String?
  }

  init(environment: [String: String]) {
    self.environment = environment
  }

  /// Adds a variable of the environment. Returns false if it isn't set.
  func add(variable name: String) -> Bool {
    guard let text = environment[name] else { return false }
    secrets.add(variable: name, text: text)
    return true
  }

  /// Notes that a text has `$${env:…}`, which means `${env:…}`.
  func addEscape() {
    secrets.hasEscapes = true
  }

  /// Adds a text of a node, and returns the reference that stands for it.
  func add(_ text: String, of node: Node, named name: String) -> String {
    hiddenColumns[node.source] = nil
    let place = Place(span: node.span, part: node.text == text ? nil : text)
    let first = node.span.start.line
    for line in first...max(first, min(node.span.end.line, first + Self.mostLines)) {
      places[node.source, default: [:]][line, default: []].insert(place)
    }
    return secrets.add(text, named: name)
  }

  /// More lines than a secret has.
  private static let mostLines = 1000

  /// Notes that a source can't be parsed.
  func giveUp(on source: Source) {
    unread.insert(source)
  }

  /// Reads a value whose node may refer to secrets. The value refers to them, too.
  func value(of node: Node, as schema: ParameterSchema) throws(Unreadable) -> Value {
    let texts = node.scalars.compactMap(\.text).filter(Secrets.isReferred)
    if texts.isEmpty { return try schema.value(of: node) }
    let real: Value
    do {
      real = try schema.value(of: revealed(node))
    } catch {
      throw error.rewritten { secrets.masked($0, about: texts.joined(separator: " ")) }
    }
    let text = node.text.map(Value.string) ?? node.anyValue
    let shown = schema.type == .file ? text : (try? schema.type.value(of: node, name: schema.name)) ?? text
    if secrets.reveal(shown) != real { secrets.add(real, of: schema.type, shown: shown) }
    return shown
  }

  /// Returns the node with every secret in its place. Messages quote it as the file has it.
  func revealed(_ node: Node) -> Node {
    var result = node
    switch node.content {
    case .scalar(let scalar):
      guard Secrets.isReferred(in: scalar.text) else { return node }
      // In brackets a reference must be quoted. Its quotes don't make a number a text.
      let isReference = scalar.text.hasPrefix("${") && scalar.text.firstIndex(of: "}") == scalar.text.indices.last
      var real = scalar
      real.text = secrets.reveal(scalar.text)
      real.template = scalar.template ?? Node.Template(text: scalar.text, values: [])
      real.isPlain = scalar.isPlain || isReference
      if Node.isNull(real) { real.isPlain = false }
      result.content = .scalar(real)
    case .sequence(let items): result.content = .sequence(items.map { revealed($0) })
    case .mapping(let entries):
      result.content = .mapping(
        entries.map { Node.Entry(key: $0.key, keyText: $0.keyText, value: revealed($0.value)) })
    }
    return result
  }

  /// Returns a diagnostic that shows no secret.
  func masked(_ diagnostic: Diagnostic) -> Diagnostic {
    var result = diagnostic
    result.message = secrets.masked(diagnostic.message)
    result.hint = diagnostic.hint.map { secrets.masked($0) }
    result.hidden = hidden(diagnostic.span?.start.line ?? 0, of: diagnostic.source)
    return result
  }

  /// Returns the columns of a line that aren't shown.
  private func hidden(_ line: Int, of source: Source) -> [Range<Int>] {
    let isGuessed = unread.contains(source) || source.isCommandLine
    guard isGuessed || !secrets.isEmpty, line > 0 else { return [] }
    // A line may have a problem in every word.
    if let known = hiddenColumns[source]?[line] { return known }
    let columns = source.line(line).map { hidden(line, $0, of: source, isGuessed: isGuessed) } ?? []
    hiddenColumns[source, default: [:]][line] = columns
    return columns
  }

  private func hidden(_ line: Int, _ text: String, of source: Source, isGuessed: Bool) -> [Range<Int>] {
    if source.isCommandLine, SecretSyntax.isSecret(source.name) { return [1..<Int.max] }
    let known = (places[source]?[line] ?? []).flatMap { place -> [Range<Int>] in
      let start = place.span.start.line == line ? place.span.start.column : 1
      let end = place.span.end.line == line ? max(start, place.span.end.column) : Int.max
      let parts = place.part.map { text.ranges(of: $0).map { $0.columns(in: text) } } ?? []
      if !parts.isEmpty { return parts }
      // A block text reaches into the blanks before what follows it.
      let isEmpty = text.unicodeScalars.dropFirst(start - 1).prefix(end - start).allSatisfy { $0 == " " }
      return isEmpty ? [] : [start..<end]
    }
    let found =
      secrets.ranges(in: Array(text.utf8)) + (isGuessed ? SecretSyntax.valuesAfterNames(in: text).map(\.range) : [])
    return known + found.map { $0.columns(in: text) }
  }
}

extension Range<Int> {
  /// The columns of a line, which count code points from 1, for offsets into its UTF-8.
  fileprivate func columns(in text: String) -> Range<Int> {
    let bytes = Array(text.utf8)
    func column(_ offset: Int) -> Int { String(decoding: bytes[..<offset], as: UTF8.self).unicodeScalars.count + 1 }
    return column(lowerBound)..<column(upperBound)
  }
}

extension Range<String.Index> {
  /// The columns of a line, which count code points from 1.
  fileprivate func columns(in text: String) -> Range<Int> {
    let start = text.unicodeScalars.distance(from: text.startIndex, to: lowerBound) + 1
    return start..<(start + text.unicodeScalars.distance(from: lowerBound, to: upperBound))
  }
}
