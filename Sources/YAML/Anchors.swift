/// The nodes that the aliases of a document stand for.
struct Anchors {
  /// A finished node that aliases may repeat.
  struct Target {
    var node: Node
    /// Nodes in it, aliases expanded.
    var weight: Int
    /// Lists and mappings inside each other; 0 for a scalar.
    var height: Int
  }

  private enum State {
    case open(since: Mark)
    case finished(Target)
  }

  private var states: [String: State] = [:]

  /// Aliases from now on mean the node that begins here, until the name is given away again.
  mutating func open(_ name: String, at mark: Mark) { states[name] = .open(since: mark) }

  /// The node that began at a mark is complete. If a node inside it took the name over, that one keeps it.
  mutating func finish(_ name: String, openedAt mark: Mark, as target: Target) {
    guard case .open(mark)? = states[name] else { return }
    states[name] = .finished(target)
  }

  func target(of name: String) throws(Fault) -> Target {
    switch states[name] {
    case .finished(let target): return target
    case .open(let mark): throw .aliasInsideItsAnchor(name, line: mark.line)
    case nil: throw .undefinedAlias(name)
    }
  }
}
