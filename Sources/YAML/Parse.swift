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
  var text = BlockTextIndentation(of: source)
  while true {
    // What is found in a text that is read again is found again.
    var found = problems
    let root: Node?
    do throws(Fault.Located) {
      root = try readTree(of: source, as: &text, limits: limits, problems: &found)
    } catch {
      problems = found
      throw error
    }
    if let root {
      problems = found
      return root
    }
  }
}

/// - Parameter text: the source's text as libyaml can read it.
/// - Returns: nil if the text was repaired, and must be read again.
private func readTree(
  of source: Source, as text: inout BlockTextIndentation, limits: Limits, problems: inout ProblemLog
) throws(Fault.Located) -> Node? {
  var builder = TreeBuilder(source: source, limits: limits)
  let failure = try text.bytes.withUnsafeBufferPointer { (bytes) throws(Fault.Located) -> SyntaxError? in
    var reader = try EventReader(reading: bytes, endOfText: source.end)
    while true {
      let event: Event
      do throws(SyntaxError) {
        event = try reader.next()
      } catch {
        return error
      }
      if try builder.take(event, problems: &problems) == .done { return nil }
    }
  }
  guard let failure else { return try builder.finish() }
  if text.repair(failure, in: source) { return nil }
  throw failure.explained(in: source, inside: builder.openings)
}
