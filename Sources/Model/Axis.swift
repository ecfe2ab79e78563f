/// One value of an axis, both as text and as a value.
package struct Level: Hashable, Sendable {
  /// The text of the experiment file, shown in cell ids and tables.
  package var text: String
  /// The parsed value, in base units.
  package var value: Value

  /// Makes a level of a value and its text in the file.
  package init(text: String, value: Value) {
    self.text = text
    self.value = value
  }

  /// Makes a level whose text is the value's description.
  package init(_ value: Value) {
    self.init(text: value.description, value: value)
  }
}

/// A dimension of the matrix of cells.
package struct Axis: Hashable, Sendable {
  /// The part of a cell to which an axis belongs.
  package enum Side: String, Sendable {
    /// The axis is a variable or a workload parameter. Only cells with the same level are compared with each other.
    case work
    /// The axis is a strategy parameter. The experiment compares its levels.
    case strategy
  }

  /// The name of the variable or parameter, used as a column name.
  package var name: String
  /// The part of a cell that the axis sets.
  package var side: Side

  /// Makes an axis.
  package init(name: String, side: Side) {
    self.name = name
    self.side = side
  }
}
