internal import CLibYAML

/// The error with which libyaml gives up.
struct SyntaxError: Error {
  /// libyaml's words, such as "did not find expected key"; nil if it ran out of memory.
  var problem: String?
  /// The place where libyaml noticed it.
  var mark: Mark
  /// libyaml's words for what it was about, such as "while parsing a flow sequence".
  var context: String?
  /// The place where the context begins.
  var contextMark: Mark
  /// The column of the mapping or list that libyaml was in, from 0; -1 outside of all.
  var indentation: Int

  init(_ parser: yaml_parser_t, endOfText: Mark) {
    problem = parser.error == YAML_MEMORY_ERROR ? nil : parser.problem.map { String(cString: $0) }
    mark = Mark(parser.problem_mark, endOfText: endOfText)
    context = parser.context.map { String(cString: $0) }
    contextMark = Mark(parser.context_mark, endOfText: endOfText)
    indentation = Int(parser.indent)
  }
}
