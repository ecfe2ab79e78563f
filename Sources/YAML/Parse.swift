/// Parses the one YAML document of a source.
///
/// - Throws: `ParseFailure` if no tree can be made: too large, not UTF-8, bad syntax, a limit exceeded, nothing in it. It
///   also carries the lesser problems found before.
package func parse(_ source: Source, limits: Limits = .standard) throws(ParseFailure) -> Document {
  var problems = ProblemLog(source: source, limit: limits.problems)
  do throws(Fault.Located) {
    try checkText(of: source, limits: limits)
    let root = try readTree(of: source, limits: limits, problems: &problems)
    return Document(root: root, problems: problems.problems)
  } catch {
    problems.append(error)
    throw ParseFailure(problems: problems.problems)
  }
}

private func readTree(
  of source: Source, limits: Limits, problems: inout ProblemLog
) throws(Fault.Located) -> Node {
  try source.bytes.withUnsafeBufferPointer { (bytes) throws(Fault.Located) -> Node in
    var builder = TreeBuilder(source: source, limits: limits)
    var reader = try EventReader(reading: bytes, endOfText: source.end)
    while true {
      let event: Event
      do throws(SyntaxError) {
        event = try reader.next()
      } catch {
        throw error.explained(in: source, inside: builder.openings)
      }
      if try builder.take(event, problems: &problems) == .done { break }
    }
    return try builder.finish()
  }
}
