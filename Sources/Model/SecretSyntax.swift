/// The places of texts that hold secrets by their names: passwords of URLs, values of queries, and headers.
package enum SecretSyntax {
  /// A part of a text that is a secret.
  package struct Place: Hashable, Sendable {
    /// The name of the secret, such as `token` for `?token=…`.
    package var name: String
    /// The part, as offsets into the UTF-8 of the text.
    package var range: Range<Int>
  }

  /// The words that make a name the name of a secret, in lower case.
  package static let words = ["token", "secret", "password", "passwd", "key", "auth", "credential", "cookie"]

  /// Returns whether a name is that of a secret. Upper and lower case are the same.
  package static func isSecret(_ name: String) -> Bool {
    let name = name.lowercased()
    return words.contains { name.contains($0) }
  }

  /// Returns the secret parts of a text, in their order.
  ///
  /// - Parameters:
  ///   - isProxy: whether the text may be `user:password@host`, without a scheme.
  ///   - isArgument: whether the text may be a header, as an argument of a command: `Authorization: Bearer …`.
  package static func places(in text: String, isProxy: Bool = false, isArgument: Bool = false) -> [Place] {
    let bytes = Array(text.utf8)
    if isArgument, let header = header(in: bytes) { return [header] }
    guard bytes.contains(where: { "?&#@".utf8.contains($0) }) else { return [] }
    var places: [Place] = []
    var index = 0
    if isProxy, !text.contains("://") { index = addPassword(in: bytes, from: 0, to: &places) }
    while index < bytes.count {
      switch bytes[index] {
      case UInt8(ascii: ":") where bytes[index...].starts(with: "://".utf8):
        index = addPassword(in: bytes, from: index + 3, to: &places)
      case UInt8(ascii: "?"), UInt8(ascii: "&"), UInt8(ascii: "#"):
        index = addValue(in: bytes, from: index + 1, to: &places)
      default: index = after(index, in: bytes)
      }
    }
    return places
  }

  /// Returns the secret values in a line of a file that can't be parsed, by the names before them.
  ///
  /// It hides rather too much: a value ends with its line, a comma or a closing bracket.
  package static func valuesAfterNames(in line: String) -> [Place] {
    let bytes = Array(line.utf8)
    var places = places(in: line)
    var start = 0
    var index = 0
    while index < bytes.count {
      guard bytes[index] == UInt8(ascii: ":") || bytes[index] == UInt8(ascii: "=") else {
        index += 1
        continue
      }
      let name = String(decoding: bytes[start..<index], as: UTF8.self)
      start = index + 1
      index += 1
      guard isSecret(name) else { continue }
      while index < bytes.count, bytes[index] == UInt8(ascii: " ") { index += 1 }
      let end = bytes[index...].firstIndex { ",}]".utf8.contains($0) } ?? bytes.count
      if index < end { places.append(Place(name: "secret", range: index..<end)) }
      index = end
      start = end
    }
    return places
  }

  /// Returns the text with `Secrets.mask` in place of every secret part.
  package static func masked(_ text: String) -> String {
    replace(places(in: text), in: text) { _, _ in Secrets.mask }
  }

  /// Returns an assignment of the command line, `KEY=VALUE`, without its value if the key is the name of a secret.
  package static func masked(assignment text: String) -> String {
    guard let equals = text.firstIndex(of: "="), isSecret(String(text[..<equals])) else { return masked(text) }
    return text[...equals] + Secrets.mask
  }

  /// Returns a text with other texts in place of its parts.
  ///
  /// - Parameter make: returns the text for a place and its content.
  package static func replace(
    _ places: [Place], in text: String, by make: (Place, String) -> String
  ) -> String {
    guard !places.isEmpty else { return text }
    let bytes = Array(text.utf8)
    var result = ""
    var index = 0
    for place in places.sorted(by: { $0.range.lowerBound < $1.range.lowerBound })
    where place.range.lowerBound >= index {
      result += String(decoding: bytes[index..<place.range.lowerBound], as: UTF8.self)
      result += make(place, String(decoding: bytes[place.range], as: UTF8.self))
      index = place.range.upperBound
    }
    return result + String(decoding: bytes[index...], as: UTF8.self)
  }

  // MARK: - Parts

  /// Returns the value of `Name: value`, possibly after the dashes of an option.
  private static func header(in bytes: [UInt8]) -> Place? {
    guard let colon = bytes.firstIndex(of: UInt8(ascii: ":")), colon + 2 < bytes.count,
      bytes[colon + 1] == UInt8(ascii: " "), bytes[..<colon].allSatisfy({ isWord($0) })
    else { return nil }
    let name = String(decoding: bytes[..<colon].drop { $0 == UInt8(ascii: "-") }, as: UTF8.self)
    guard isSecret(name), let start = bytes[(colon + 1)...].firstIndex(where: { $0 != UInt8(ascii: " ") }) else {
      return nil
    }
    return Place(name: name, range: start..<bytes.count)
  }

  /// Adds the password of an authority, `user:password@host`, and returns the place after the authority.
  private static func addPassword(in bytes: [UInt8], from start: Int, to places: inout [Place]) -> Int {
    var colon: Int?
    var at: Int?
    var index = start
    while index < bytes.count, !ends(bytes[index]), !"/?#".utf8.contains(bytes[index]) {
      if bytes[index] == UInt8(ascii: ":"), colon == nil { colon = index }
      if bytes[index] == UInt8(ascii: "@") { at = index }
      index = after(index, in: bytes)
    }
    if let colon, let at, colon + 1 < at { places.append(Place(name: "password", range: (colon + 1)..<at)) }
    return index
  }

  /// Adds the value of `name=value` in a query if the name is that of a secret, and returns the place after it.
  private static func addValue(in bytes: [UInt8], from start: Int, to places: inout [Place]) -> Int {
    var index = start
    while index < bytes.count, isWord(bytes[index]) || "%.[]".utf8.contains(bytes[index]) { index += 1 }
    let name = String(decoding: bytes[start..<index], as: UTF8.self)
    guard index < bytes.count, bytes[index] == UInt8(ascii: "="), isSecret(name) else { return index }
    let value = index + 1
    index = value
    while index < bytes.count, !ends(bytes[index]), !"&#".utf8.contains(bytes[index]) {
      index = after(index, in: bytes)
    }
    if value < index { places.append(Place(name: name, range: value..<index)) }
    return index
  }

  /// Returns the place after a byte, or after the whole `${…}` that begins with it.
  private static func after(_ index: Int, in bytes: [UInt8]) -> Int {
    guard bytes[index...].starts(with: "${".utf8), let close = bytes[index...].firstIndex(of: UInt8(ascii: "}")) else {
      return index + 1
    }
    return close + 1
  }

  private static func isWord(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), UInt8(ascii: "-"):
      true
    default: false
    }
  }

  /// True for what can't stand in a URL within a longer text.
  private static func ends(_ byte: UInt8) -> Bool { byte <= 0x20 || byte == 0x7f || "\"'<>`".utf8.contains(byte) }
}
