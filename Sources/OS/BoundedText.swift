/// The first or the last bytes of a stream, so that a flood of output takes no memory.
package struct BoundedText: Sendable {
  private var bytes: [UInt8] = []
  /// The number of bytes that are kept.
  package let limit: Int
  /// Whether there was more than is kept.
  package private(set) var isCut = false
  private let keepsEnd: Bool

  /// Returns an empty text that keeps the first `limit` bytes.
  package static func head(_ limit: Int) -> BoundedText { BoundedText(limit: limit, keepsEnd: false) }

  /// Returns an empty text that keeps the last `limit` bytes.
  package static func tail(_ limit: Int) -> BoundedText { BoundedText(limit: limit, keepsEnd: true) }

  private init(limit: Int, keepsEnd: Bool) {
    self.limit = limit
    self.keepsEnd = keepsEnd
  }

  /// Adds bytes, and drops those beyond the limit.
  package mutating func append(_ more: [UInt8]) {
    isCut = isCut || bytes.count + more.count > limit
    if keepsEnd {
      bytes += more
      if bytes.count > 2 * limit { bytes.removeFirst(bytes.count - limit) }
    } else {
      bytes += more.prefix(limit - bytes.count)
    }
  }

  /// The bytes that are kept, as UTF-8; invalid sequences become U+FFFD.
  package var text: String { String(decoding: keepsEnd ? bytes.suffix(limit) : bytes[...], as: UTF8.self) }

  /// The last line that isn't blank.
  package var lastLine: String? {
    text.split(whereSeparator: \.isNewline).last { !$0.allSatisfy(\.isWhitespace) }.map(String.init)
  }
}
