/// Makes lines of a stream of bytes, holding at most one line that isn't finished.
package struct LineSplitter: Sendable {
  /// Longer lines are an error.
  package static let limit = 16 << 20

  private var pending: [UInt8] = []
  private var isAtStart = true
  private let limit: Int

  /// Makes a splitter that refuses longer lines.
  package init(limit: Int = Self.limit) {
    self.limit = limit
  }

  /// The lines that these bytes complete, without their line feeds.
  package mutating func append(_ bytes: [UInt8]) throws(ConversationError) -> [[UInt8]] {
    var lines: [[UInt8]] = []
    var rest = bytes[...]
    while let feed = rest.firstIndex(of: UInt8(ascii: "\n")) {
      var line = pending + rest[..<feed]
      // The output of some programs begins with a byte order mark.
      if isAtStart, line.starts(with: [0xEF, 0xBB, 0xBF]) { line.removeFirst(3) }
      isAtStart = false
      lines.append(line)
      pending = []
      rest = rest[(feed + 1)...]
    }
    guard pending.count + rest.count <= limit else { throw .lineTooLong(limit: limit) }
    pending += rest
    return lines
  }
}
