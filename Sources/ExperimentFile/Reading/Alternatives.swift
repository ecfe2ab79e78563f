internal import Model
internal import YAML

/// The alternatives of a setting: one value, or the levels of an axis.
struct Alternatives {
  var nodes: [Node]
  var isAxis: Bool

  /// Reads what stands for a scalar or a list.
  ///
  /// Levels are a list of values where a scalar is expected, `{from, to, step|factor}`, or `{axis: [[…], […]]}` where a
  /// list is expected.
  init(of node: Node, for type: ParameterType, name: String) throws(Unreadable) {
    if let axis = node["axis"], !type.isScalar, node.entries?.count == 1 {
      try self.init(levels: axis, name: name)
    } else if type.isScalar, node.sequence != nil {
      try self.init(levels: node, name: name)
    } else if Self.isRange(node, for: type) {
      self.init(nodes: try LevelRange(node: node, type: type, name: name).levels(), isAxis: true)
    } else {
      self.init(nodes: [node], isAxis: false)
    }
  }

  /// Returns whether a mapping is a range, and not a value of the type.
  static func isRange(_ node: Node, for type: ParameterType) -> Bool {
    type.isScalar && node.entries != nil && !(type.isSwitchable && node["from"] == nil)
  }

  private init(levels node: Node, name: String) throws(Unreadable) {
    guard let items = node.sequence else {
      throw Unreadable(node, "the axis of '\(name)' must be a list, and this is \(node.kindName)")
    }
    guard !items.isEmpty else { throw Unreadable(node, "the axis '\(name)' has no values") }
    self.init(nodes: items, isAxis: true)
  }

  private init(nodes: [Node], isAxis: Bool) {
    self.nodes = nodes
    self.isAxis = isAxis
  }
}
