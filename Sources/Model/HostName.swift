/// Names of hosts in all languages, and their form in ASCII, which is what requests have.
///
/// The rules are those of UTS 46 without its tables: letters become lower case and composed, fullwidth letters and dots
/// usual ones, and what still isn't a letter, a digit, a mark or a symbol can't stand in a name.
package enum HostName {
  /// The reason why a text can't be the name of a host.
  package enum Problem: Error, Hashable, CustomStringConvertible {
    case character(Unicode.Scalar)
    /// A part between dots, and what is wrong with it.
    case part(String, String)
    case tooLong

    /// The part of a message that names the fault.
    package var description: String {
      switch self {
      case .character("%"): "'%' can't stand in a host's name: write the character itself"
      case .character(let scalar) where HostName.isInvisible(scalar):
        "U+\(HostName.digits(of: scalar)), which nobody can see, can't stand in a host's name"
      case .character(let scalar): "'\(scalar)' can't stand in a host's name"
      case .part(let part, let problem): "the part '\(part)' of the host's name \(problem)"
      case .tooLong: "the host's name has more than \(HostName.mostLetters) letters in ASCII"
      }
    }
  }

  private static let prefix = "xn--"
  private static let mostLetters = 253
  private static let mostLettersOfPart = 63

  /// Returns the form of a name in ASCII and lower case.
  ///
  /// A name that is ASCII already is only put in lower case.
  package static func ascii(_ name: String) throws(Problem) -> String {
    if name.unicodeScalars.contains("%") { throw .character("%") }
    if name.utf8.allSatisfy({ $0 < 0x80 }) { return name.lowercased() }
    let scalars = Composition.composed(name.unicodeScalars.flatMap { mapped($0) })
    var parts: [String] = []
    for part in scalars.split(separator: ".", omittingEmptySubsequences: false) { parts.append(try ascii(Array(part))) }
    if parts.dropLast().contains("") { throw .part("", "is empty") }
    let ascii = parts.joined(separator: ".")
    guard ascii.utf8.count <= mostLetters else { throw .tooLong }
    return ascii
  }

  /// Returns a name as people read it; the name itself where it has no such form.
  package static func readable(_ ascii: String) -> String {
    guard ascii.contains(prefix) else { return ascii }
    let parts = ascii.split(separator: ".", omittingEmptySubsequences: false).map { part -> String in
      guard part.hasPrefix(prefix), let label = Punycode.decoded(String(part.dropFirst(prefix.count))) else {
        return String(part)
      }
      return String(String.UnicodeScalarView(label))
    }
    let name = parts.joined(separator: ".")
    return (try? Self.ascii(name)) == ascii ? name : ascii
  }

  /// Returns both forms of a name, `bücher.example (xn--bcher-kva.example)`, or the only one.
  package static func both(_ ascii: String) -> String {
    let readable = readable(ascii)
    return readable == ascii ? ascii : "\(readable) (\(ascii))"
  }

  // MARK: - Parts

  private static func mapped(_ scalar: Unicode.Scalar) -> [Unicode.Scalar] {
    switch scalar.value {
    case 0x3002, 0xff0e, 0xff61: ["."]
    // The fullwidth forms of ASCII.
    case 0xff01...0xff5e:
      Unicode.Scalar(scalar.value - 0xfee0).map { Array($0.properties.lowercaseMapping.unicodeScalars) } ?? []
    default: Array(scalar.properties.lowercaseMapping.unicodeScalars)
    }
  }

  private static func ascii(_ part: [Unicode.Scalar]) throws(Problem) -> String {
    let text = String(String.UnicodeScalarView(part))
    if let odd = part.first(where: { !mayStand($0) }) { throw .character(odd) }
    if part.allSatisfy(\.isASCII) { return text }
    guard let first = part.first, !isMark(first) else { throw .part(text, "begins with a mark") }
    guard first != "-", part.last != "-" else { throw .part(text, "begins or ends with a hyphen") }
    guard part.count < 4 || part[2] != "-" || part[3] != "-" else {
      throw .part(text, "has hyphens where an encoded name has them")
    }
    let encoded = prefix + Punycode.encoded(part)
    guard encoded.utf8.count <= mostLettersOfPart else {
      throw .part(text, "has more than \(mostLettersOfPart) letters in ASCII")
    }
    return encoded
  }

  /// Letters that are kept although folding would change them, and punctuation that names of some languages need.
  private static let exceptions: Set<UInt32> = [0xb7, 0xdf, 0x375, 0x3c2, 0x5f3, 0x5f4, 0x3007, 0x30fb]

  private static func mayStand(_ scalar: Unicode.Scalar) -> Bool {
    if scalar.isASCII { return scalar.properties.isAlphabetic || "0123456789-_".unicodeScalars.contains(scalar) }
    if exceptions.contains(scalar.value) { return true }
    if isInvisible(scalar) || scalar.properties.changesWhenNFKCCaseFolded { return false }
    return switch scalar.properties.generalCategory {
    case .lowercaseLetter, .otherLetter, .modifierLetter, .decimalNumber, .nonspacingMark, .spacingMark, .otherSymbol:
      true
    default: false
    }
  }

  private static func isMark(_ scalar: Unicode.Scalar) -> Bool {
    [.nonspacingMark, .spacingMark, .enclosingMark].contains(scalar.properties.generalCategory)
  }

  fileprivate static func isInvisible(_ scalar: Unicode.Scalar) -> Bool {
    let properties = scalar.properties
    return properties.isDefaultIgnorableCodePoint
      || [.control, .format, .lineSeparator, .paragraphSeparator, .spaceSeparator].contains(properties.generalCategory)
  }

  fileprivate static func digits(of scalar: Unicode.Scalar) -> String {
    let digits = String(scalar.value, radix: 16, uppercase: true)
    return String(repeating: "0", count: max(0, 4 - digits.count)) + digits
  }
}
