/// Access to the parts of a node.
extension Node {
  /// True for a missing value, `~` and a plain `null`, `Null` or `NULL`.
  package var isNull: Bool {
    guard case .scalar(let scalar) = content else { return false }
    return Node.isNull(scalar)
  }

  /// Returns whether a scalar stands for a missing value.
  package static func isNull(_ scalar: Scalar) -> Bool {
    guard scalar.isPlain, scalar.text.utf8.count <= 4 else { return false }
    return ["", "~", "null", "Null", "NULL"].contains(scalar.text)
  }

  /// The text of a scalar, even of a null, as it was written; nil for lists and mappings.
  package var text: String? {
    guard case .scalar(let scalar) = content else { return nil }
    return scalar.text
  }

  /// The items of a list; nil for everything else.
  package var sequence: [Node]? {
    guard case .sequence(let items) = content else { return nil }
    return items
  }

  /// The entries of a mapping, in the order of the source; nil for everything else.
  package var entries: [Entry]? {
    guard case .mapping(let entries) = content else { return nil }
    return entries
  }

  /// The value of a key; nil if there is no such key, or if this isn't a mapping. Looks at one entry after the other.
  package subscript(key: String) -> Node? {
    entries?.first { $0.keyText == key }?.value
  }

  /// The name that messages have for this kind of node: "a mapping", "a list", "a single value", "nothing" for a null.
  package var kindName: String {
    switch content {
    case .mapping: "a mapping"
    case .sequence: "a list"
    case .scalar: isNull ? "nothing" : "a single value"
    }
  }
}
