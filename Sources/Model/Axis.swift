/// One value of an axis: as the file has it, and as what it means.
package struct Level: Hashable, Sendable {
  /// As written, and so as cell ids and tables show it.
  package var text: String
  package var value: Value

  package init(text: String, value: Value) {
    self.text = text
    self.value = value
  }

  package init(_ value: Value) {
    self.init(text: value.description, value: value)
  }
}

/// A column of the matrix.
package struct Axis: Hashable, Sendable {
  package enum Side: String, Sendable {
    /// A variable, or a parameter of a workload: cells are compared with each other only where these agree.
    case work
    /// A parameter of a strategy: what the experiment compares.
    case strategy
  }

  package var name: String
  package var side: Side

  package init(name: String, side: Side) {
    self.name = name
    self.side = side
  }
}
