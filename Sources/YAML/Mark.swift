/// A place in a source: both numbers count from 1.
package struct Mark: Hashable, Comparable, Sendable {
  /// The line. Lines end as in YAML 1.1: at LF, CR, CR LF, NEL (U+0085), U+2028 and U+2029.
  package var line: Int
  /// The column, in code points. A byte order mark at the start of the source doesn't count.
  package var column: Int

  /// Creates a mark.
  package init(line: Int, column: Int) {
    self.line = line
    self.column = column
  }

  /// Returns a mark on the same line, some columns further right.
  package func advanced(by columns: Int) -> Mark { Mark(line: line, column: column + columns) }

  /// Returns true if the left mark stands before the right one.
  package static func < (left: Mark, right: Mark) -> Bool {
    (left.line, left.column) < (right.line, right.column)
  }
}

/// A stretch of a source, from its first character to just after its last.
///
/// A value that isn't written at all (`key:`) has an empty span just after what it belongs to. Block mappings, block
/// lists and block texts reach to where the next thing begins.
package struct Span: Hashable, Sendable {
  /// The place of the first character.
  package var start: Mark
  /// The place just after the last character.
  package var end: Mark

  /// Creates a span.
  package init(start: Mark, end: Mark) {
    self.start = start
    self.end = end
  }
}
