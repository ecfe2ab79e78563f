package import YAML

/// A message for the author of an experiment file.
package struct Diagnostic: Hashable, Sendable {
  /// The weight of a diagnostic: nothing runs after an error.
  package enum Severity: String, Sendable {
    case error, warning
  }

  /// The weight of the diagnostic.
  package var severity: Severity
  /// The file, or the part of the command line, that the diagnostic is about.
  package var source: Source
  /// The place in the source; `nil` if the diagnostic is about the source as a whole.
  package var span: Span?
  /// One clause without a full stop that says what is wrong.
  package var message: String
  /// Advice on what to write instead; `nil` if there is none.
  package var hint: String?
  /// The columns of the source's line that aren't shown, from 1.
  package var hidden: [Range<Int>] = []
  /// True for an error that lies in something the file needs, such as a plugin, not in the file.
  package var isUnavailable = false

  /// Creates a diagnostic about a place in a source.
  package init(
    _ severity: Severity, in source: Source, at span: Span?, _ message: String, hint: String? = nil
  ) {
    self.severity = severity
    self.source = source
    self.span = span
    self.message = message
    self.hint = hint
  }

  /// Creates a diagnostic about a node.
  init(_ severity: Severity, at node: Node, _ message: String, hint: String? = nil) {
    self.init(severity, in: node.source, at: node.span, message, hint: hint)
  }

  /// Creates the diagnostic of a problem that the YAML parser found.
  init(_ problem: Problem) {
    self.init(.error, in: problem.source, at: problem.span, problem.message, hint: problem.hint)
  }
}
