extension Unicode.Scalar {
  /// The number of columns that terminals give the character: 0, 1 or 2.
  package var displayWidth: Int {
    switch value {
    case 0..<0x300: return 1
    // The East Asian wide ranges and emoji.
    case 0x1100...0x115f, 0x2e80...0xa4cf, 0xac00...0xd7a3, 0xf900...0xfaff, 0xfe30...0xfe6f, 0xff00...0xff60,
      0xffe0...0xffe6, 0x1f300...0x1f64f, 0x1f900...0x1f9ff, 0x20000...0x3fffd:
      return properties.generalCategory == .nonspacingMark ? 0 : 2
    default: return properties.generalCategory == .nonspacingMark ? 0 : 1
    }
  }
}

extension String {
  /// The number of columns that terminals give the text.
  package var displayWidth: Int { unicodeScalars.reduce(0) { $0 + $1.displayWidth } }
}
