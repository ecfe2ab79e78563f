/// Says why a text can't be the name of an experiment; `nil` if it can.
package func nameObjection(_ text: String) -> String? { Label.objection(to: text) }

/// The rule for names that users give. They become parts of cell ids, of columns and of folders.
enum Label {
  /// The workload of cells whose strategy brings its own work.
  static let ownWork = "program"

  static let maximumLength = 64
  /// The same for folders, which have a limit of 255 bytes.
  private static let maximumBytes = 200
  /// Characters that no label has, for programs that know regular expressions but not the letters of all languages.
  private static let foreign = ##"\x00-\x1f!"#$%&'()*,/:;<=>?@\[\\\]^`{|}~\x7f"##
  /// All that `objection` allows, and some more.
  static let pattern = "^[^ +.\(foreign)-]([^\(foreign)]*[^ \(foreign)])?$"

  /// Says why a text can't be a label; `nil` if it can.
  static func objection(to text: String) -> String? {
    let scalars = text.unicodeScalars
    guard let first = scalars.first, let last = scalars.last else { return "a label can't be empty" }
    if scalars.count > maximumLength { return "a label can have at most \(maximumLength) characters" }
    if text.utf8.count > maximumBytes { return "a label can have at most \(maximumBytes) bytes of UTF-8" }
    if first == " " || last == " " { return "'\(text)' can't be a label: it has a blank at its end or its beginning" }
    if !isLetter(first) || !scalars.allSatisfy({ isLetter($0) || isMark($0) || " -+.".unicodeScalars.contains($0) }) {
      return "'\(text)' can't be a label: letters, digits and _ first, then also blanks, - + and ."
    }
    return nil
  }

  /// Letters and digits of all languages, and `_`.
  private static func isLetter(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar {
    case "a"..."z", "A"..."Z", "0"..."9", "_": true
    default:
      switch scalar.properties.generalCategory {
      case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter, .decimalNumber,
        .letterNumber, .otherNumber:
        true
      default: false
      }
    }
  }

  /// What many scripts put on, below or between letters.
  private static func isMark(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.properties.generalCategory {
    case .nonspacingMark, .spacingMark, .enclosingMark: true
    default: false
    }
  }
}
