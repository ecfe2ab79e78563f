/// A value of a YAML document and where it stands.
///
/// Scalars carry no type: a schema decides whether `no` or `1e3` is a text, a number or a switch. Copies share storage.
/// The node of an alias has the alias's own span, while what is inside keeps the spans of the anchored original.
package struct Node: Sendable {
  /// The value itself.
  package enum Content: Sendable {
    case scalar(Scalar)
    case sequence([Node])
    /// Keys differ from each other; merge keys (`<<`) are already resolved.
    case mapping([Entry])
  }

  /// A text, and the way it was written.
  package struct Scalar: Hashable, Sendable {
    /// The text after unquoting, unescaping and folding.
    package var text: String
    /// True if it was written without quotes, not as a block text and without `!` or `!!str`.
    package var isPlain: Bool

    /// Creates a scalar.
    package init(text: String, isPlain: Bool) {
      self.text = text
      self.isPlain = isPlain
    }
  }

  /// A key of a mapping and its value.
  package struct Entry: Sendable {
    /// The node of the key, which is a scalar.
    package var key: Node
    /// The key's text.
    package var keyText: String
    /// The node of the value.
    package var value: Node

    /// Creates an entry.
    package init(key: Node, keyText: String, value: Node) {
      self.key = key
      self.keyText = keyText
      self.value = value
    }
  }

  /// The value itself.
  package var content: Content
  /// The place of the value, with an anchor or a tag that stands before it.
  package var span: Span
  /// The text that the span is a place in.
  package var source: Source

  /// Creates a node.
  package init(content: Content, span: Span, source: Source) {
    self.content = content
    self.span = span
    self.source = source
  }
}
