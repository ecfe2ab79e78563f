extension String {
  /// The text as a terminal may show it: whatever would control the terminal is written as `\u{1b}`.
  ///
  /// Those are the control characters C0 and C1 but for tabs and line feeds, DEL, the separators of lines and
  /// paragraphs, and all that is invisible by itself, such as the controls of the direction of writing. The joiners
  /// within letters and emoji stay.
  package var visible: String {
    if utf8.allSatisfy({ $0 >= 0x20 && $0 < 0x7f || $0 == 0x0a || $0 == 0x09 }) { return self }
    guard unicodeScalars.contains(where: \.controlsTerminals) else { return self }
    return unicodeScalars.map { $0.controlsTerminals ? $0.escape : String($0) }.joined()
  }

  /// The text as one line that a terminal may show: line feeds and tabs are written as `\u{a}` and `\u{9}`, too.
  package var visibleLine: String {
    let text = visible
    guard text.utf8.contains(where: { $0 == 0x0a || $0 == 0x09 }) else { return text }
    return text.unicodeScalars.map { $0 == "\n" || $0 == "\t" ? $0.escape : String($0) }.joined()
  }
}

extension Unicode.Scalar {
  /// True for what moves a cursor, changes colours, or turns the text around it.
  fileprivate var controlsTerminals: Bool {
    if value == 0x09 || value == 0x0a || value == 0x200c || value == 0x200d { return false }
    return switch properties.generalCategory {
    case .control, .format, .lineSeparator, .paragraphSeparator: true
    default: false
    }
  }

  fileprivate var escape: String { "\\u{\(String(value, radix: 16))}" }
}
