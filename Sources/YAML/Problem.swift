/// A mistake in a source.
package struct Problem: Hashable, Sendable {
  /// The source with the mistake.
  package var source: Source
  /// The place of the mistake; nil if it concerns the source as a whole.
  package var span: Span?
  /// One clause without a full stop that says what is wrong.
  package var message: String
  /// Advice on how to mend it, or on where else to look; nil if there is none.
  package var hint: String?

  /// Creates a problem.
  package init(source: Source, span: Span?, message: String, hint: String? = nil) {
    self.source = source
    self.span = span
    self.message = message
    self.hint = hint
  }
}

/// The error of a source that no tree could be made of.
package struct ParseFailure: Error, Sendable {
  /// At least one problem, in the order in which they were found. The last one ended the parse.
  package var problems: [Problem]

  /// Creates the error of these problems.
  package init(problems: [Problem]) {
    self.problems = problems
  }
}
