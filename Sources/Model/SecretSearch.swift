/// A search for secrets in texts of others, in every form in which a program may repeat them.
struct SecretSearch: Sendable {
  /// What is searched for, each with at least `Secrets.leastSearched` bytes.
  private var patterns: Set<[UInt8]> = []

  var isEmpty: Bool { patterns.isEmpty }

  mutating func formUnion(_ other: SecretSearch) { patterns.formUnion(other.patterns) }

  /// Adds a secret, if it is long enough, and its parts: the lines of a text, and what follows `Bearer` or `Basic`.
  mutating func add(_ text: String) {
    addForms(of: text)
    let lines = text.split(whereSeparator: \.isNewline)
    if lines.count > 1 || text.last?.isNewline == true { lines.forEach { addForms(of: String($0)) } }
    let words = text.split(separator: " ")
    if words.count == 2, let last = words.last {
      addForms(of: String(last))
      let decoded = Base64.decoded(Array(last.utf8)).flatMap { String(validating: $0, as: UTF8.self) }
      if words[0].lowercased() == "basic", let decoded {
        addForms(of: decoded)
        decoded.firstIndex(of: ":").map { addForms(of: String(decoded[decoded.index(after: $0)...])) }
      }
    }
    for place in SecretSyntax.places(in: text, isProxy: true) {
      addForms(of: String(decoding: Array(text.utf8)[place.range], as: UTF8.self))
    }
  }

  private mutating func addForms(of text: String) {
    let bytes = Array(text.utf8)
    guard bytes.count >= Secrets.leastSearched else { return }
    patterns.insert(bytes)
    for upper in [true, false] {
      patterns.insert(Percent.encoded(bytes, upper: upper))
      patterns.insert(Percent.encoded(bytes, upper: upper, blank: UInt8(ascii: "+")))
    }
    if let decoded = Percent.decoded(bytes), decoded.count >= Secrets.leastSearched { patterns.insert(decoded) }
    patterns.insert(Array(Value.string(text).json.utf8.dropFirst().dropLast()))
    patterns.insert(Base64.encoded(bytes))
    // Whatever stands before the secret, its Base64 is one of three, but for the characters at its ends.
    for offset in 0..<3 {
      let encoded = Base64.encoded([UInt8](repeating: 0, count: offset) + bytes)
      let inner = encoded.dropFirst(offset == 0 ? 0 : offset + 1).prefix { $0 != UInt8(ascii: "=") }
      let whole = (offset + bytes.count) % 3 == 0 ? inner : inner.dropLast()
      if whole.count >= Secrets.leastSearched { patterns.insert(Array(whole)) }
    }
  }

  func masked(_ text: String) -> String {
    let bytes = Array(text.utf8)
    let ranges = ranges(in: bytes)
    guard !ranges.isEmpty else { return text }
    var result: [UInt8] = []
    var index = 0
    for range in ranges {
      result += bytes[index..<range.lowerBound]
      result += Secrets.mask.utf8
      index = range.upperBound
    }
    return String(decoding: result + bytes[index...], as: UTF8.self)
  }

  /// Returns where patterns are, in order and without overlaps. Half of a pattern, or more, is one that was cut off.
  func ranges(in bytes: [UInt8]) -> [Range<Int>] {
    var found: [Range<Int>] = []
    for pattern in patterns where bytes.count >= Secrets.leastSearched {
      let half = max(Secrets.leastSearched, (pattern.count + 1) / 2)
      let (head, tail) = (pattern[..<half], pattern[(pattern.count - half)...])
      for start in 0...(bytes.count - Secrets.leastSearched) {
        if bytes[start] == pattern[0], bytes[start...].starts(with: head) {
          let length = zip(bytes[start...], pattern).prefix { $0 == $1 }.count
          found.append(start..<(start + length))
        } else if bytes[start] == tail[tail.startIndex], bytes[start...].starts(with: tail) {
          let end = start + half
          let length = zip(bytes[..<end].reversed(), pattern.reversed()).prefix { $0 == $1 }.count
          found.append((end - length)..<end)
        }
      }
    }
    return found.sorted { $0.lowerBound < $1.lowerBound }.reduce(into: []) { ranges, range in
      if let last = ranges.last, range.lowerBound <= last.upperBound {
        ranges[ranges.count - 1] = last.lowerBound..<max(last.upperBound, range.upperBound)
      } else {
        ranges.append(range)
      }
    }
  }
}

/// The percent encoding of URLs.
private enum Percent {
  static func encoded(_ bytes: [UInt8], upper: Bool, blank: UInt8? = nil) -> [UInt8] {
    bytes.flatMap { byte -> [UInt8] in
      switch byte {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
        UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"),
        UInt8(ascii: "~"):
        return [byte]
      default:
        if byte == UInt8(ascii: " "), let blank { return [blank] }
        let digits = String(byte, radix: 16, uppercase: upper)
        return Array("%\(digits.count == 1 ? "0" : "")\(digits)".utf8)
      }
    }
  }

  /// Returns the bytes that a text stands for; `nil` if it has no percent sign.
  static func decoded(_ bytes: [UInt8]) -> [UInt8]? {
    guard bytes.contains(UInt8(ascii: "%")) else { return nil }
    var result: [UInt8] = []
    var index = 0
    while index < bytes.count {
      let digits = String(decoding: bytes[(index + 1)...].prefix(2), as: UTF8.self)
      if bytes[index] == UInt8(ascii: "%"), digits.utf8.count == 2, let byte = UInt8(digits, radix: 16) {
        result.append(byte)
        index += 3
      } else {
        result.append(bytes[index])
        index += 1
      }
    }
    return result
  }
}

/// Base64 as in RFC 4648.
private enum Base64 {
  private static let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)

  static func encoded(_ bytes: [UInt8]) -> [UInt8] {
    stride(from: 0, to: bytes.count, by: 3).flatMap { start -> [UInt8] in
      let group = bytes[start...].prefix(3)
      let word = (group + [0, 0]).prefix(3).reduce(0) { $0 << 8 | Int($1) }
      let digits = (0..<4).map { alphabet[word >> (18 - 6 * $0) & 63] }
      return digits.prefix(group.count + 1) + [UInt8](repeating: UInt8(ascii: "="), count: 3 - group.count)
    }
  }

  /// Returns the bytes that a text stands for; `nil` if it isn't Base64.
  static func decoded(_ text: [UInt8]) -> [UInt8]? {
    let digits = text.filter { $0 != UInt8(ascii: "=") }.map { alphabet.firstIndex(of: $0) }
    guard !digits.isEmpty, !digits.contains(nil) else { return nil }
    var (bits, count) = (0, 0)
    var bytes: [UInt8] = []
    for digit in digits.compactMap(\.self) {
      bits = (bits << 6 | digit) & 0xffff
      count += 6
      if count >= 8 {
        count -= 8
        bytes.append(UInt8(truncatingIfNeeded: bits >> count))
      }
    }
    return bytes
  }
}
