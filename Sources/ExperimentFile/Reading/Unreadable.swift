internal import YAML

/// The reasons why a node can't be read as what was expected, for a caller that may or may not report them.
struct Unreadable: Error {
  /// At least one.
  private(set) var diagnostics: [Diagnostic]

  init(_ node: Node, _ message: String, hint: String? = nil) {
    diagnostics = [Diagnostic(.error, at: node, message, hint: hint)]
  }

  /// Returns the same reasons in other words.
  func rewritten(_ rewrite: (String) -> String) -> Unreadable {
    var result = self
    result.diagnostics = diagnostics.map { diagnostic in
      var diagnostic = diagnostic
      diagnostic.message = rewrite(diagnostic.message)
      diagnostic.hint = diagnostic.hint.map(rewrite)
      return diagnostic
    }
    return result
  }

  fileprivate init?(_ diagnostics: [Diagnostic]) {
    if diagnostics.isEmpty { return nil }
    self.diagnostics = diagnostics
  }
}

extension Sequence {
  /// Reads every element, and returns their values in order.
  ///
  /// - Throws: the reasons of all elements that can't be read.
  func read<T>(_ transform: (Element) throws(Unreadable) -> T) throws(Unreadable) -> [T] {
    var values: [T] = []
    var diagnostics: [Diagnostic] = []
    for element in self {
      do {
        values.append(try transform(element))
      } catch {
        diagnostics += error.diagnostics
      }
    }
    if let unreadable = Unreadable(diagnostics) { throw unreadable }
    return values
  }
}
