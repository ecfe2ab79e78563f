/// A list or mapping whose end hasn't come yet.
struct OpenCollection {
  enum Kind { case sequence, mapping }

  let kind: Kind
  /// The place of its beginning: an anchor and a tag, if any, and the bracket, if it has one.
  let opening: Span
  let anchor: String?
  /// Nodes of the tree before this one.
  let nodesBefore: Int
  /// Lists and mappings inside each other, this one included.
  private(set) var height = 1
  private var items: [Node] = []
  private var entries = MappingDraft()
  /// The key whose value comes next.
  private var key: Node?

  init(_ kind: Kind, at opening: Span, anchor: String?, nodesBefore: Int) {
    self.kind = kind
    self.opening = opening
    self.anchor = anchor
    self.nodesBefore = nodesBefore
  }

  /// Adds the next item, key or value.
  mutating func add(_ node: Node, height: Int, problems: inout ProblemLog) throws(Fault.Located) {
    self.height = max(self.height, height + 1)
    switch (kind, key) {
    case (.sequence, _):
      items.append(node)
    case (.mapping, nil):
      key = node
    case (.mapping, let key?):
      self.key = nil
      try entries.add(key, node, problems: &problems)
    }
  }

  func finish() -> Node.Content {
    switch kind {
    case .sequence: .sequence(items)
    case .mapping: .mapping(entries.finish())
    }
  }
}
