import YAML

/// A tree, or nothing; and all problems of either.
struct Outcome {
  var root: Node?
  var problems: [Problem]
  var isFailure: Bool { root == nil }
}

func outcome(of source: Source, limits: Limits = .standard) -> Outcome {
  do throws(ParseFailure) {
    let document = try parse(source, limits: limits)
    return Outcome(root: document.root, problems: document.problems)
  } catch {
    return Outcome(root: nil, problems: error.problems)
  }
}

func outcome(of text: String, limits: Limits = .standard) -> Outcome {
  outcome(of: Source(name: "test.yaml", bytes: Array(text.utf8)), limits: limits)
}

/// A tree on one line: plain texts bare, others in quotes.
func outline(_ node: Node?) -> String {
  switch node?.content {
  case .scalar(let scalar): scalar.isPlain ? scalar.text : "'\(scalar.text)'"
  case .sequence(let items): "[" + items.map(outline).joined(separator: ", ") + "]"
  case .mapping(let entries):
    "{" + entries.map { "\(outline($0.key)): \(outline($0.value))" }.joined(separator: ", ") + "}"
  case nil: "no tree"
  }
}

/// All nodes, keys included, from the outside in.
func allNodes(_ node: Node) -> [Node] {
  switch node.content {
  case .scalar: [node]
  case .sequence(let items): [node] + items.flatMap(allNodes)
  case .mapping(let entries): [node] + entries.flatMap { allNodes($0.key) + allNodes($0.value) }
  }
}
