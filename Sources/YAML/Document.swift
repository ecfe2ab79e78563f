/// The tree of a source, and the problems that didn't prevent it.
package struct Document: Sendable {
  /// The node that the document consists of.
  package var root: Node
  /// Problems in the order in which they were found: duplicate keys, undefined aliases, a second document…
  ///
  /// The tree stays usable: of duplicate keys the first stands, an undefined alias is null, and an entry whose key isn't
  /// a text is left out.
  package var problems: [Problem]

  /// Creates a document.
  package init(root: Node, problems: [Problem] = []) {
    self.root = root
    self.problems = problems
  }
}

/// Limits on the memory and time that a source can ask for. Each is the largest value that is still allowed.
package struct Limits: Hashable, Sendable {
  /// The size of the source, in bytes.
  package var bytes = 4 << 20
  /// Lists and mappings inside each other, those that aliases bring in included. Chained merge keys count as nested.
  package var depth = 100
  /// Nodes of the tree, with each alias counted as a copy of what it stands for.
  package var nodes = 1_000_000
  /// The number of problems after which the parser gives up.
  package var problems = 100

  /// The limits for experiment files.
  package static let standard = Limits()

  /// Creates the standard limits.
  package init() {}
}
