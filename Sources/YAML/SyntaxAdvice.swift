/// A guess at the author's mistake, from the place where libyaml gave up.
///
/// The cases are libyaml 0.2.5's messages; one that isn't here is passed on in libyaml's own words.
extension SyntaxError {
  /// - Parameter openings: What begins each list and mapping whose end hasn't come yet, from the outside in.
  func explained(in source: Source, inside openings: [Span]) -> Fault.Located {
    guard let problem else { return Fault.outOfMemory.located(at: nil) }
    let here = source.span(at: mark)
    let there = source.span(at: contextMark)
    let character = source.character(at: mark)
    func say(_ message: String, _ hint: String? = nil, at span: Span? = nil) -> Fault.Located {
      Fault.syntax(message: message, hint: hint).located(at: span ?? here)
    }

    switch problem {
    case "found character that cannot start any token" where character == "\t",
      "found a tab character that violates indentation",
      "found a tab character where an indentation space is expected":
      return say("a tab can't indent; use spaces")
    case "found character that cannot start any token":
      return say("a value can't begin with \(name(character))", "put the text in quotes")
    case "found unexpected end of stream", "found unexpected document indicator":
      return say("this quote is never closed", at: there)
    case "did not find expected ',' or ']'":
      return unclosed(expected: "',' or ']'", in: source)
    case "did not find expected ',' or '}'":
      return unclosed(expected: "',' or '}'", in: source)
    case "found unexpected ':'":
      return say("inside brackets a ':' needs a blank after it", "write 'name: {}' for one without a value")
    case "mapping values are not allowed in this context":
      return say("a ':' can't stand here", hintForColon(in: source))
    case "did not find expected key":
      return say(
        "expected a key ('name: value') of the mapping that began on line \(contextMark.line)",
        "check the indentation, and the quotes and brackets just before")
    case "did not find expected '-' indicator":
      return say(
        "expected '-' for another item of the list that began on line \(contextMark.line)", "check the indentation")
    case "block sequence entries are not allowed in this context":
      return say("a list can't begin here", "put each '-' on a line of its own, or write [a, b]")
    case "mapping keys are not allowed in this context":
      return say("a '?' key can't stand here", "quote a text that begins with '? '")
    case "could not find expected ':'":
      return say("expected 'name: value', but no ':' follows", "or quote it, if it is a text", at: there)
    case "did not find expected node content":
      if mark == source.end, let bracket = lastBracket(of: openings, in: source) {
        return neverClosed(bracket, in: source)
      }
      return say(
        character == nil ? "expected a value here" : "expected a value before \(name(character))",
        "quote a text that begins with such a character")
    case "did not find expected alphabetic or numeric character":
      return say(
        "expected a name of ASCII letters, digits, '-' and '_' after \(name(source.character(at: contextMark)))",
        "quote a text that begins with '*' or '&'", at: there)
    case "did not find expected <document start>":
      return say("the document already ended before this", "put everything into one mapping")
    case "found unknown escape character":
      return say("unknown escape \(quoted(String(source.rest(at: mark).prefix(2))))", backslashHint)
    case "did not find expected hexdecimal number", "found invalid Unicode character escape code":
      return say("this escape needs the hexadecimal digits of a character", backslashHint)
    case "did not find expected comment or line break" where context == "while scanning a block scalar":
      return say("a text can't begin on the line of its '|' or '>'", "begin it on the next line, indented")
    case "found undefined tag handle":
      let word = source.spanOfWord(at: mark)
      let tag = source.rest(at: mark).prefix(word.end.column - word.start.column)
      return Fault.unknownTag(String(tag)).located(at: word)
    case "found incompatible YAML document":
      return say("this version of YAML isn't supported", "write %YAML 1.2, or nothing")
    default:
      return say([problem, context].compactMap(\.self).joined(separator: " "))
    }
  }

  /// A list or mapping in brackets went on where a comma or its end was due. If libyaml noticed this at a line that is
  /// indented no deeper than the one with the bracket, the author thought it closed.
  private func unclosed(expected: String, in source: Source) -> Fault.Located {
    let ending = source.character(at: mark)
    let isCloser = ending == "]" || ending == "}"
    let wentOn =
      mark.line > contextMark.line && !isCloser
      && source.indentation(ofLine: mark.line) <= source.indentation(ofLine: contextMark.line)
    if wentOn || mark == source.end { return neverClosed(contextMark, in: source) }
    let before = source.rest(at: Mark(line: mark.line, column: 1)).prefix(mark.column - 1)
    if ending == "{", before.last == "$" {
      return Fault.syntax(message: "inside brackets, '${' needs quotes", hint: "write \"${name}\"")
        .located(at: source.span(at: mark))
    }
    let bracket = name(source.character(at: contextMark))
    return Fault.syntax(
      message: "expected \(expected) here",
      hint: "the \(bracket) of line \(contextMark.line), column \(contextMark.column) is still open"
    ).located(at: source.span(at: mark))
  }

  private func lastBracket(of openings: [Span], in source: Source) -> Mark? {
    openings.lazy.filter { $0.start < $0.end }
      .map { $0.end.advanced(by: -1) }
      .last { ["[", "{"].contains(source.character(at: $0)) }
  }

  private func neverClosed(_ bracket: Mark, in source: Source) -> Fault.Located {
    let place = mark == source.end ? "the end" : "line \(mark.line)"
    return Fault.syntax(
      message: "this \(name(source.character(at: bracket))) is never closed",
      hint: "it must be closed before \(place)"
    ).located(at: source.span(at: bracket))
  }

  private func hintForColon(in source: Source) -> String {
    let before = source.rest(at: Mark(line: mark.line, column: 1)).prefix(mark.column - 1)
    return zip(before, before.dropFirst()).contains { $0 == ":" && $1 == " " }
      ? "put a text that holds ': ' in quotes"
      : "is this line indented too far, or is there no ':' in the line before?"
  }
}

private let backslashHint = #"write \\ for a backslash, or use single quotes"#

private func name(_ character: Unicode.Scalar?) -> String {
  character.map { quoted(String($0)) } ?? "the end of the line"
}
