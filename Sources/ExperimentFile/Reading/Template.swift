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

  /// Splits a text into plain texts and references.
  ///
  /// - Throws: where a `${` isn't closed, or where no name stands in it.
  static func pieces(of text: String) throws(ReadingError) -> [Piece] {
    var pieces: [Piece] = []
    var rest = text[...]
    while let open = rest.firstRange(of: "${") {
      let isEscaped = rest[..<open.lowerBound].hasSuffix("$")
      pieces.append(.text(rest[..<open.lowerBound].dropLast(isEscaped ? 1 : 0)))
      if isEscaped {
        pieces.append(.text("${"))
        rest = rest[open.upperBound...]
        continue
      }
      guard let close = rest[open.upperBound...].firstIndex(of: "}") else {
        throw ReadingError("'${' without a '}'", hint: "write $${ for a '${' that means itself")
      }
      let name = String(rest[open.upperBound..<close])
      guard isName(name) else {
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

  /// Returns the node with every reference replaced. Names that the scope lacks become empty: they were reported.
  static func fill(_ node: Node, from scope: [String: String]) -> Node {
    var filled = node
    switch node.content {
    case .scalar(let scalar):
      guard scalar.text.contains("${"), let pieces = try? pieces(of: scalar.text) else { return node }
      let text = pieces.map { piece in
        switch piece {
        case .text(let text): String(text)
        case .reference(let name): scope[name] ?? ""
        }
      }.joined()
      // In brackets a reference must be quoted. Its quotes don't make a number a text.
      let isReference = pieces.allSatisfy {
        $0 == .text("") || $0 == .reference(String(scalar.text.dropFirst(2).dropLast()))
      }
      filled.content = .scalar(Node.Scalar(text: text, isPlain: scalar.isPlain || isReference))
      if filled.isNull { filled.content = .scalar(Node.Scalar(text: text, isPlain: false)) }
    case .sequence(let items): filled.content = .sequence(items.map { fill($0, from: scope) })
    case .mapping(let entries):
      filled.content = .mapping(
        entries.map { Node.Entry(key: $0.key, keyText: $0.keyText, value: fill($0.value, from: scope)) })
    }
    return filled
  }
}
