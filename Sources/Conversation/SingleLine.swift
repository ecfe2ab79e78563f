extension String {
  /// The text as others may print it: what controls a terminal, and what begins a new line, becomes a space.
  package var singleLine: String {
    let isPlain = unicodeScalars.allSatisfy { !Self.isControl($0) }
    if isPlain { return self }
    return String(String.UnicodeScalarView(unicodeScalars.map { Self.isControl($0) ? " " : $0 }))
  }

  private static func isControl(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.properties.generalCategory {
    case .control, .lineSeparator, .paragraphSeparator: true
    default: false
    }
  }
}
