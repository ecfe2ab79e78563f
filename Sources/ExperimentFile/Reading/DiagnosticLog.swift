internal import YAML

/// The diagnostics of one file, each of them once.
///
/// All who read, decode and expand a file share its log, and only add to it.
final class DiagnosticLog {
  private(set) var all: [Diagnostic] = []
  private var seen: Set<Diagnostic> = []
  /// The secrets of the file, which no diagnostic shows.
  let secrets: SecretLog

  init(secrets: SecretLog) {
    self.secrets = secrets
  }

  var hasErrors: Bool { all.contains { $0.severity == .error } }
  /// True if the file needs something that isn't there.
  var hasUnavailable: Bool { all.contains(where: \.isUnavailable) }

  /// Adds a diagnostic, unless the log has it already.
  func add(_ diagnostic: Diagnostic) {
    if seen.insert(diagnostic).inserted { all.append(diagnostic) }
  }

  func error(_ node: Node, _ message: String, hint: String? = nil) {
    add(Diagnostic(.error, at: node, message, hint: hint))
  }

  /// Adds an error of something that the file needs.
  func unavailable(_ node: Node, _ message: String) {
    var diagnostic = Diagnostic(.error, at: node, message)
    diagnostic.isUnavailable = true
    add(diagnostic)
  }

  func warning(_ node: Node, _ message: String, hint: String? = nil) {
    add(Diagnostic(.warning, at: node, message, hint: hint))
  }

  /// Returns the value that is read, or adds the diagnostics that say why there is none.
  func report<T>(_ read: () throws(Unreadable) -> T) -> T? {
    do {
      return try read()
    } catch {
      for diagnostic in error.diagnostics { add(diagnostic) }
      return nil
    }
  }

  /// The diagnostics without secrets, in the order of the file; those of one place in the order in which they were
  /// found.
  var sorted: [Diagnostic] {
    all.enumerated().sorted {
      let start = Mark(line: 0, column: 0)
      let (a, b) = ($0.element.span?.start ?? start, $1.element.span?.start ?? start)
      return a == b ? $0.offset < $1.offset : a < b
    }.map { secrets.masked($0.element) }
  }
}
