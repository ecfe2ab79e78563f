import YAML

/// A source written with «marks» around the places that a test is about; the parser doesn't see the marks.
struct MarkedText {
  let source: Source
  let spans: [Span]

  init(_ marked: String) {
    var text = ""
    var starts: [Mark] = []
    var spans: [Span] = []
    var mark = Mark(line: 1, column: 1)
    for scalar in marked.unicodeScalars {
      switch scalar {
      case "«":
        starts.append(mark)
      case "»":
        if let start = starts.popLast() { spans.append(Span(start: start, end: mark)) }
      case "\n":
        text.unicodeScalars.append(scalar)
        mark = Mark(line: mark.line + 1, column: 1)
      default:
        text.unicodeScalars.append(scalar)
        if scalar != "\u{FEFF}" { mark.column += 1 }
      }
    }
    source = Source(name: "marked.yaml", bytes: Array(text.utf8))
    self.spans = spans
  }
}

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
