/// The composition of letters and marks to single characters, as Unicode's normalization form C has them.
///
/// Strings with the same composed form are equal in Swift. So a table of the composed characters, by themselves, finds
/// them by a letter and a mark.
enum Composition {
  /// Returns scalars with every letter and the marks behind it as one character, where there is one.
  ///
  /// Characters that this form takes apart stay as they are.
  static func composed(_ scalars: [Unicode.Scalar]) -> [Unicode.Scalar] {
    guard scalars.contains(where: { order($0) != 0 || isFollowingJamo($0) }) else { return scalars }
    var result: [Unicode.Scalar] = []
    /// The place of the last letter.
    var starter: Int?
    var lastOrder = 0
    for scalar in sorted(scalars) {
      let order = order(scalar)
      let isBlocked = starter == nil || (starter != result.count - 1 && lastOrder >= order)
      if let place = starter, !isBlocked, let composite = composite(result[place], scalar) {
        result[place] = composite
        continue
      }
      if order == 0 { starter = result.count }
      lastOrder = order
      result.append(scalar)
    }
    return result
  }

  private static func order(_ scalar: Unicode.Scalar) -> Int {
    scalar.isASCII ? 0 : Int(scalar.properties.canonicalCombiningClass.rawValue)
  }

  /// Puts marks behind the same letter in their order.
  private static func sorted(_ scalars: [Unicode.Scalar]) -> [Unicode.Scalar] {
    var result: [Unicode.Scalar] = []
    for scalar in scalars {
      var place = result.count
      let order = order(scalar)
      while order != 0, place > 0, self.order(result[place - 1]) > order { place -= 1 }
      result.insert(scalar, at: place)
    }
    return result
  }

  private static func composite(_ first: Unicode.Scalar, _ second: Unicode.Scalar) -> Unicode.Scalar? {
    if let syllable = syllable(first, second) { return syllable }
    guard order(second) != 0 else { return nil }
    return composites[String(String.UnicodeScalarView([first, second]))]
  }

  /// The blocks that have composed characters.
  private static let blocks: [ClosedRange<UInt32>] = [0xc0...0x2fff, 0x3040...0x30ff, 0x11080...0x114ff]

  private static let composites: [String: Unicode.Scalar] = {
    var table: [String: Unicode.Scalar] = [:]
    for value in blocks.joined() {
      guard let scalar = Unicode.Scalar(value), order(scalar) == 0, scalar.properties.isAlphabetic,
        !scalar.properties.isFullCompositionExclusion
      else { continue }
      table[String(scalar)] = scalar
    }
    return table
  }()

  // MARK: - Korean syllables

  private static let syllables: UInt32 = 0xac00
  private static let (leads, vowels, tails): (UInt32, UInt32, UInt32) = (0x1100, 0x1161, 0x11a7)
  private static let (leadCount, vowelCount, tailCount): (UInt32, UInt32, UInt32) = (19, 21, 28)

  private static func isFollowingJamo(_ scalar: Unicode.Scalar) -> Bool { (vowels...0x11c2).contains(scalar.value) }

  private static func syllable(_ first: Unicode.Scalar, _ second: Unicode.Scalar) -> Unicode.Scalar? {
    let (a, b) = (first.value, second.value)
    if (leads..<leads + leadCount).contains(a), (vowels..<vowels + vowelCount).contains(b) {
      return Unicode.Scalar(syllables + ((a - leads) * vowelCount + (b - vowels)) * tailCount)
    }
    let isOpen =
      (syllables..<syllables + leadCount * vowelCount * tailCount).contains(a) && (a - syllables) % tailCount == 0
    if isOpen, (tails + 1..<tails + tailCount).contains(b) { return Unicode.Scalar(a + b - tails) }
    return nil
  }
}
