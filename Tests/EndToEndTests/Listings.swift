import Foundation

/// A program or a file that a document shows, as it stands there: a fenced block after `<!-- test: NAME -->`.
struct Listing {
  var name: String
  var text: String

  /// Those of a document of this repository, in its order.
  static func all(in document: String) throws -> [Listing] {
    let text = try String(contentsOfFile: "\(repository)/\(document)", encoding: .utf8)
    return text.matches(of: /(?s)<!-- test: (\S+) -->\n```[a-z]*\n(.*?)```\n/).map {
      Listing(name: String($0.1), text: String($0.2))
    }
  }

  var lines: Int { text.split(separator: "\n", omittingEmptySubsequences: false).count - 1 }
}
