package import YAML

/// A text written with «marks» around the places that a test is about. No parser sees the marks.
///
/// Only line feeds end lines here.
package struct MarkedText: Sendable {
  /// The text without its marks.
  package let text: String
  /// The places of the marks, in the order in which they end.
  package let spans: [Span]

  /// Takes the marks out of a text.
  package init(_ marked: String) {
    var text = ""
    var starts: [Mark] = []
    var spans: [Span] = []
    var mark = Mark(line: 1, column: 1)
    for scalar in marked.unicodeScalars {
      switch scalar {
      case "«":
        starts.append(mark)
      case "»":
        if let start = starts.popLast() { spans.append(Span(start: start, end: mark)) }
      case "\n":
        text.unicodeScalars.append(scalar)
        mark = Mark(line: mark.line + 1, column: 1)
      default:
        text.unicodeScalars.append(scalar)
        if scalar != "\u{FEFF}" { mark.column += 1 }
      }
    }
    self.text = text
    self.spans = spans
  }

  /// The text as a source, a new one with every call.
  package func source(named name: String = "marked.yaml") -> Source { Source(name: name, bytes: Array(text.utf8)) }

  /// Returns the places as messages have them: `x.yaml:2:5`.
  package func places(in file: String) -> [String] {
    spans.map { "\(file):\($0.start.line):\($0.start.column)" }
  }
}
