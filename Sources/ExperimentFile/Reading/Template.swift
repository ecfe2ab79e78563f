internal import Model
internal import Quantities
internal import YAML

/// The syntax of texts with `${name}` in them; `$${` stands for `${` itself.
enum Template {
  enum Piece: Equatable {
    case text(Substring)
    case reference(String)
  }

  /// A name that a text refers to, and the scalar that has the text.
  struct Reference {
    var name: String
    var node: Node
  }

  /// Splits a text into plain texts and references. References to secrets are plain texts.
  ///
  /// - Throws: where a `${` isn't closed, or where no name stands in it.
  static func pieces(of text: String) throws(ReadingError) -> [Piece] {
    try allPieces(of: text).map { piece in
      if case .reference(let name) = piece, Secrets.isReference(name) { .text("${\(name)}") } else { piece }
    }
  }

  /// Splits a text into plain texts and references, those to secrets among them.
  ///
  /// - Throws: where a `${` isn't closed, or where no name stands in it.
  static func allPieces(of text: String) throws(ReadingError) -> [Piece] {
    var pieces: [Piece] = []
    var rest = text[...]
    while let open = rest.firstRange(of: "${") {
      let isEscaped = rest[..<open.lowerBound].hasSuffix("$")
      pieces.append(.text(rest[..<open.lowerBound].dropLast(isEscaped ? 1 : 0)))
      if isEscaped {
        rest = rest[open.upperBound...]
        // Secrets take their places after all other references: this has to mean itself then, too.
        pieces.append(.text(Secrets.isReference(rest) ? "$${" : "${"))
        continue
      }
      guard let close = rest[open.upperBound...].firstIndex(of: "}") else {
        throw ReadingError("'${' without a '}'", hint: "write $${ for a '${' that means itself")
      }
      let name = String(rest[open.upperBound..<close])
      guard isName(name) || Secrets.isReference(name) else {
        throw ReadingError("'\(name)' isn't a variable's name", hint: "write $${ for a '${' that means itself")
      }
      pieces.append(.reference(name))
      rest = rest[rest.index(after: close)...]
    }
    pieces.append(.text(rest))
    return pieces
  }

  /// The rule of `isName` for programs that know regular expressions.
  static let namePattern = "[A-Za-z_][A-Za-z0-9_]*"

  static func isName(_ text: String) -> Bool {
    guard let first = text.unicodeScalars.first, first.isASCII, first.properties.isAlphabetic || first == "_" else {
      return false
    }
    return text.unicodeScalars.allSatisfy {
      $0.isASCII && ($0.properties.isAlphabetic || $0.properties.numericType != nil || $0 == "_")
    }
  }

  /// Returns the references in the text of a scalar.
  static func references(in scalar: Node) throws(Unreadable) -> [Reference] {
    guard let text = scalar.text, text.contains("${") else { return [] }
    do throws(ReadingError) {
      return try pieces(of: text).compactMap {
        if case .reference(let name) = $0 { Reference(name: name, node: scalar) } else { nil }
      }
    } catch {
      throw Unreadable(scalar, error.message, hint: error.hint)
    }
  }

  /// Returns the node with every reference replaced, and `$${` as it is meant. Names that the scope lacks become empty:
  /// they were reported.
  ///
  /// - Parameters:
  ///   - scope: the texts of names, those of late references as they stand in plans.
  ///   - late: references that are replaced later. Where the node has the text of one, it is escaped.
  static func fill(_ node: Node, from scope: [String: String], late: [LateReference] = []) -> Node {
    var filled = node
    switch node.content {
    case .scalar(let scalar): filled.content = .scalar(fill(scalar, from: scope, late: late))
    case .sequence(let items): filled.content = .sequence(items.map { fill($0, from: scope, late: late) })
    case .mapping(let entries):
      filled.content = .mapping(
        entries.map { Node.Entry(key: $0.key, keyText: $0.keyText, value: fill($0.value, from: scope, late: late)) })
    }
    return filled
  }

  private static func fill(_ scalar: Node.Scalar, from scope: [String: String], late: [LateReference]) -> Node.Scalar {
    guard scalar.text.contains("${"), let pieces = try? pieces(of: scalar.text) else { return scalar }
    var text = ""
    var literal = ""
    var values: [Node.NamedText] = []
    func closeLiteral() {
      text += late.reduce(literal) { $1.escaped(in: $0) }
      literal = ""
    }
    for piece in pieces {
      switch piece {
      case .text(let more): literal += more
      case .reference(let name):
        closeLiteral()
        let value = scope[name] ?? ""
        text += value
        let isNew = !values.contains { $0.name == name } && !late.contains { $0.text == value }
        if isNew { values.append(Node.NamedText(name: name, text: value)) }
      }
    }
    closeLiteral()
    // In brackets a reference must be quoted. Its quotes don't make a number a text.
    let isReference = pieces.allSatisfy {
      $0 == .text("") || $0 == .reference(String(scalar.text.dropFirst(2).dropLast()))
    }
    let template = Node.Template(text: scalar.text, values: values)
    let filled = Node.Scalar(text: text, isPlain: scalar.isPlain || isReference, template: template)
    let isNull = Node.isNull(filled)
    return isNull ? Node.Scalar(text: text, isPlain: false, template: template) : filled
  }
}

extension Node {
  /// True if a text of this node must be filled before it is read.
  var hasTemplates: Bool { scalars.contains { $0.text?.contains("${") ?? false } }
}
