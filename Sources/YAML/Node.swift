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
    /// The template that the text was made of; nil for a text that stands in the source itself.
    package var template: Template?

    /// Creates a scalar.
    package init(text: String, isPlain: Bool, template: Template? = nil) {
      self.text = text
      self.isPlain = isPlain
      self.template = template
    }
  }

  /// A text of the source with names in it, and what was put in their place.
  package struct Template: Hashable, Sendable {
    /// The text as it stands in the source, after unquoting.
    package var text: String
    /// The names, each once, with the texts that took their place.
    package var values: [NamedText]

    /// Creates a template.
    package init(text: String, values: [NamedText]) {
      self.text = text
      self.values = values
    }
  }

  /// A name and the text that it stands for.
  package struct NamedText: Hashable, Sendable {
    /// The name.
    package var name: String
    /// The text.
    package var text: String

    /// Creates a pair.
    package init(name: String, text: String) {
      self.name = name
      self.text = text
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
