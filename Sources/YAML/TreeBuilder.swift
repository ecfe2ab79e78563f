/// A builder of a tree from events, within limits. It has a stack of its own instead of recursion.
struct TreeBuilder {
  enum Progress { case more, done }

  private let source: Source
  private let limits: Limits
  private var open: [OpenCollection] = []
  private var anchors = Anchors()
  /// Nodes begun so far, aliases expanded. Since each becomes part of the tree, this is the tree's weight.
  private var nodes = 0
  private var root: Node?

  init(source: Source, limits: Limits) {
    self.source = source
    self.limits = limits
  }

  mutating func take(_ event: Event, problems: inout ProblemLog) throws(Fault.Located) -> Progress {
    let span = event.span
    switch event.kind {
    case .streamStart, .documentEnd:
      break
    case .streamEnd:
      return .done
    case .documentStart(let isExplicit):
      guard root == nil else {
        try problems.note(.secondDocument, at: isExplicit ? lineOfDashes(span) : span)
        return .done
      }
    case .alias(let name):
      try repeatNode(name, at: span, problems: &problems)
    case .scalar(let text, let isUnquoted, let properties):
      try addScalar(text, isUnquoted: isUnquoted, properties, at: span, problems: &problems)
    case .sequenceStart(let properties):
      try begin(.sequence, properties, at: span, problems: &problems)
    case .mappingStart(let properties):
      try begin(.mapping, properties, at: span, problems: &problems)
    case .sequenceEnd, .mappingEnd:
      try close(at: span.end, problems: &problems)
    }
    return .more
  }

  /// The beginnings of all lists and mappings that are still open, from the outside in.
  var openings: [Span] { open.map(\.opening) }

  func finish() throws(Fault.Located) -> Node {
    guard let root, !isMissing(root) else { throw Fault.empty.located(at: nil) }
    return root
  }
}

extension TreeBuilder {
  private mutating func begin(
    _ kind: OpenCollection.Kind, _ properties: Event.Properties, at span: Span, problems: inout ProblemLog
  ) throws(Fault.Located) {
    guard open.count < limits.depth else {
      throw Fault.tooDeep(limit: limits.depth).located(at: source.span(at: span.start))
    }
    let nodesBefore = nodes
    try count(1, at: span)
    try note(properties, at: span, problems: &problems)
    open.append(OpenCollection(kind, at: span, anchor: properties.anchor, nodesBefore: nodesBefore))
  }

  private mutating func close(at end: Mark, problems: inout ProblemLog) throws(Fault.Located) {
    guard let collection = open.popLast() else { return }
    let span = Span(start: collection.opening.start, end: end)
    let node = Node(content: collection.finish(), span: span, source: source)
    if let anchor = collection.anchor {
      let weight = nodes - collection.nodesBefore
      anchors.finish(
        anchor, openedAt: collection.opening.start,
        as: Anchors.Target(node: node, weight: weight, height: collection.height))
    }
    try add(node, height: collection.height, problems: &problems)
  }

  private mutating func addScalar(
    _ text: String, isUnquoted: Bool, _ properties: Event.Properties, at span: Span, problems: inout ProblemLog
  ) throws(Fault.Located) {
    try count(1, at: span)
    try note(properties, at: span, problems: &problems)
    let isPlain = isUnquoted && !(properties.tag.map(Tags.makesText) ?? false)
    let node = Node(content: .scalar(Node.Scalar(text: text, isPlain: isPlain)), span: span, source: source)
    if let anchor = properties.anchor {
      anchors.finish(anchor, openedAt: span.start, as: Anchors.Target(node: node, weight: 1, height: 0))
    }
    try add(node, height: 0, problems: &problems)
  }

  private mutating func repeatNode(
    _ name: String, at span: Span, problems: inout ProblemLog
  ) throws(Fault.Located) {
    var target: Anchors.Target
    do throws(Fault) {
      target = try anchors.target(of: name)
    } catch {
      try problems.note(error, at: span)
      let null = Node(content: .scalar(Node.Scalar(text: "", isPlain: true)), span: span, source: source)
      target = Anchors.Target(node: null, weight: 1, height: 0)
    }
    try count(target.weight, at: span)
    guard open.count + target.height <= limits.depth else {
      throw Fault.tooDeepThroughAlias(name: name, limit: limits.depth).located(at: span)
    }
    target.node.span = span
    try add(target.node, height: target.height, problems: &problems)
  }

  private mutating func add(_ node: Node, height: Int, problems: inout ProblemLog) throws(Fault.Located) {
    if open.isEmpty {
      root = node
    } else {
      try open[open.count - 1].add(node, height: height, problems: &problems)
    }
  }

  private mutating func count(_ weight: Int, at span: Span) throws(Fault.Located) {
    let (sum, overflow) = nodes.addingReportingOverflow(weight)
    guard !overflow && sum <= limits.nodes else {
      throw Fault.tooManyNodes(limit: limits.nodes).located(at: span)
    }
    nodes = sum
  }

  private mutating func note(
    _ properties: Event.Properties, at span: Span, problems: inout ProblemLog
  ) throws(Fault.Located) {
    if let tag = properties.tag, !Tags.isKnown(tag) {
      try problems.note(.unknownTag(tag), at: spanOfTag(in: span))
    }
    if let anchor = properties.anchor {
      anchors.open(anchor, at: span.start)
    }
  }
}

extension TreeBuilder {
  /// The tag among what stands before a value, perhaps after an anchor.
  private func spanOfTag(in span: Span) -> Span {
    let text = source.rest(at: span.start)
    var tag = text
    if text.first == "&" {
      tag = tag.drop { !isBlank($0) }.drop(while: isBlank)
    }
    guard tag.first == "!" else { return span }
    let before = text.count - tag.count
    return Span(
      start: span.start.advanced(by: before),
      end: span.start.advanced(by: before + tag.prefix { !isBlank($0) }.count))
  }

  /// The `---` with which an explicit document start ends, after its directives.
  private func lineOfDashes(_ span: Span) -> Span {
    Span(start: span.end.advanced(by: -3), end: span.end)
  }

  /// Returns true if a root isn't written at all, as after a lone `---`.
  private func isMissing(_ root: Node) -> Bool {
    root.isNull && root.span.start == root.span.end
  }
}
