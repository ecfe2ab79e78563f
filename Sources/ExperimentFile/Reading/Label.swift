/// Says why a text can't be the name of an experiment; `nil` if it can.
package func nameObjection(_ text: String) -> String? { Label.objection(to: text) }

/// The rule for names that users give. They become parts of cell ids, of columns and of folders.
enum Label {
  /// The workload of cells whose strategy brings its own work.
  static let ownWork = "program"

  static let maximumLength = 64
  /// The same rule for programs that know regular expressions.
  static let pattern = "^[A-Za-z0-9_][A-Za-z0-9_+.-]*$"

  /// Says why a text can't be a label; `nil` if it can.
  static func objection(to text: String) -> String? {
    if text.isEmpty { return "a label can't be empty" }
    if text.utf8.count > maximumLength { return "a label can have at most \(maximumLength) characters" }
    let first = text.unicodeScalars.first.map(isWord) ?? false
    if !first || !text.unicodeScalars.allSatisfy({ isWord($0) || "-+.".unicodeScalars.contains($0) }) {
      return "'\(text)' can't be a label: A-Z, a-z, 0-9 and _ first, then also - + and ."
    }
    return nil
  }

  private static func isWord(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar {
    case "a"..."z", "A"..."Z", "0"..."9", "_": true
    default: false
    }
  }
}
