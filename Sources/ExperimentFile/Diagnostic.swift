internal import Quantities
package import YAML

/// Something to tell the author of an experiment file.
package struct Diagnostic: Hashable, Sendable {
  package enum Severity: String, Sendable {
    case error, warning
  }

  package var severity: Severity
  package var source: Source
  /// Where; `nil` for the file as a whole.
  package var span: Span?
  package var message: String
  package var hint: String?
  /// An error not of the file, but of something that it needs and that isn't there.
  package var isUnavailable = false

  package init(_ severity: Severity, _ source: Source, _ span: Span?, _ message: String, hint: String? = nil) {
    self.severity = severity
    self.source = source
    self.span = span
    self.message = message
    self.hint = hint
  }

  init(_ problem: Problem) {
    self.init(.error, problem.source, problem.span, problem.message, hint: problem.hint)
  }
}

/// Everything found so far; the same thing at the same place is told once.
struct Diagnostics {
  /// How files that a file names are read.
  let readFile: FileReader
  private(set) var all: [Diagnostic] = []
  private var seen: Set<Diagnostic> = []

  init(readFile: @escaping FileReader = { _ in throw ReadingError("it isn't read here") }) {
    self.readFile = readFile
  }

  var hasUnavailable: Bool { all.contains(where: \.isUnavailable) }
  var hasErrors: Bool { all.contains { $0.severity == .error } }

  mutating func add(_ diagnostic: Diagnostic) {
    if seen.insert(diagnostic).inserted { all.append(diagnostic) }
  }

  mutating func error(_ node: Node, _ message: String, hint: String? = nil) {
    add(Diagnostic(.error, node.source, node.span, message, hint: hint))
  }

  mutating func unavailable(_ node: Node, _ message: String) {
    var diagnostic = Diagnostic(.error, node.source, node.span, message)
    diagnostic.isUnavailable = true
    add(diagnostic)
  }

  mutating func warning(_ node: Node, _ message: String, hint: String? = nil) {
    add(Diagnostic(.warning, node.source, node.span, message, hint: hint))
  }

  /// In the order of the file.
  var sorted: [Diagnostic] {
    all.enumerated().sorted {
      let start = Mark(line: 0, column: 0)
      let (a, b) = ($0.element.span?.start ?? start, $1.element.span?.start ?? start)
      return a == b ? $0.offset < $1.offset : a < b
    }.map(\.element)
  }
}
