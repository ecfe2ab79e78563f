/// A value of a YAML document and where it stands.
///
/// Scalars carry no type: a schema decides whether `no` or `1e3` is a text, a number or a switch. Copies share storage.
/// The node of an alias has the alias's own span, while what is inside keeps the spans of the anchored original.
package struct Node: Sendable {
  package enum Content: Sendable {
    case scalar(Scalar)
    case sequence([Node])
    /// Keys differ from each other; merge keys (`<<`) are already resolved.
    case mapping([Entry])
  }

  package struct Scalar: Hashable, Sendable {
    /// The text after unquoting, unescaping and folding.
    package var text: String
    /// Whether it was written without quotes, not as a block text and without `!` or `!!str`.
    package var isPlain: Bool

    package init(text: String, isPlain: Bool) {
      self.text = text
      self.isPlain = isPlain
    }
  }

  package struct Entry: Sendable {
    /// A scalar.
    package var key: Node
    /// The key's text.
    package var keyText: String
    package var value: Node

    package init(key: Node, keyText: String, value: Node) {
      self.key = key
      self.keyText = keyText
      self.value = value
    }
  }

  package var content: Content
  /// Includes an anchor or a tag that stands before the value.
  package var span: Span
  package var source: Source

  package init(content: Content, span: Span, source: Source) {
    self.content = content
    self.span = span
    self.source = source
  }
}
