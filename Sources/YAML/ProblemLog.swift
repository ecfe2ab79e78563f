/// The problems found so far, up to a limit.
struct ProblemLog {
  let source: Source
  let limit: Int
  private(set) var problems: [Problem] = []

  init(source: Source, limit: Int) {
    self.source = source
    self.limit = limit
  }

  /// Notes something after which the parse can go on.
  ///
  /// - Throws: if this was one too many.
  mutating func note(_ fault: Fault, at span: Span) throws(Fault.Located) {
    guard problems.count < limit else { throw Fault.tooManyProblems(limit: limit).located(at: span) }
    append(fault.located(at: span))
  }

  mutating func append(_ found: Fault.Located) {
    problems.append(
      Problem(source: source, span: found.span, message: found.fault.message, hint: found.fault.hint))
  }

  /// Returns true if a value has a problem already, so that no other need be reported.
  func concerns(_ span: Span) -> Bool { problems.contains { $0.span == span } }
}
