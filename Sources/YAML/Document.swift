/// What a source says.
package struct Document: Sendable {
  package var root: Node
  /// What is wrong although a tree could be made: duplicate keys, undefined aliases, a second document…
  ///
  /// The tree stays usable: of duplicate keys the first stands, an undefined alias is null, and an entry whose key isn't
  /// a text is left out.
  package var problems: [Problem]

  package init(root: Node, problems: [Problem] = []) {
    self.root = root
    self.problems = problems
  }
}

/// How much a source may ask for. Each limit is the largest value that is still allowed.
package struct Limits: Hashable, Sendable {
  /// Size of the source in bytes.
  package var bytes = 4 << 20
  /// Lists and mappings inside each other, those that aliases bring in included. Chained merge keys count as nested.
  package var depth = 100
  /// Nodes of the tree, with each alias counted as a copy of what it stands for.
  package var nodes = 1_000_000
  /// Problems, until the parse is given up.
  package var problems = 100

  package static let standard = Limits()

  package init() {}
}
