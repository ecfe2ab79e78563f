/// Something wrong in a source.
package struct Problem: Hashable, Sendable {
  package var source: Source
  /// Where; nil if it concerns the source as a whole.
  package var span: Span?
  /// What is wrong, as one clause without a full stop.
  package var message: String
  /// What to do about it, or where else to look.
  package var hint: String?

  package init(source: Source, span: Span?, message: String, hint: String? = nil) {
    self.source = source
    self.span = span
    self.message = message
    self.hint = hint
  }
}

/// Thrown when no tree could be made of a source.
package struct ParseFailure: Error, Sendable {
  /// At least one, in the order in which they were found; the last is the one that ended the parse.
  package var problems: [Problem]

  package init(problems: [Problem]) {
    self.problems = problems
  }
}
