/// A text that problems point into: a file, or a command-line override.
///
/// Two sources are equal only if they are the same object.
package final class Source: Sendable {
  /// The name as the user wrote it, such as `experiments/scaling.yaml`.
  package let name: String
  /// The text as it was read, a byte order mark included; not necessarily UTF-8.
  package let bytes: [UInt8]
  /// The places of lines and columns.
  let index: SourceIndex

  /// Creates a source.
  package init(name: String, bytes: [UInt8]) {
    self.name = name
    self.bytes = bytes
    index = SourceIndex(bytes)
  }

  /// Returns the text of a line, without its line break and a byte order mark. Lines count from 1.
  ///
  /// - Returns: nil beyond the last line.
  ///
  /// The text after the last line break is a line even if it is empty, since problems can point there. Bytes that
  /// aren't UTF-8 are replaced by U+FFFD.
  package func line(_ number: Int) -> String? {
    guard let range = byteRange(ofLine: number) else { return nil }
    return String(decoding: bytes[range], as: UTF8.self)
  }

  /// Returns the number of code points in a line; nil beyond the last line. The length of the line doesn't matter.
  package func length(ofLine number: Int) -> Int? {
    guard let range = byteRange(ofLine: number) else { return nil }
    return bytes.withUnsafeBufferPointer {
      index.codePoints(before: range.upperBound, in: $0) - index.codePoints(before: range.lowerBound, in: $0)
    }
  }

  /// Returns a part of a line, by offsets of code points. The length of the line doesn't matter.
  package func text(ofLine number: Int, _ columns: Range<Int>) -> String {
    guard let line = byteRange(ofLine: number) else { return "" }
    let range = bytes.withUnsafeBufferPointer { bytes in
      let first = index.codePoints(before: line.lowerBound, in: bytes)
      let start = index.byte(ofCodePoint: first + columns.lowerBound, in: bytes)
      return start..<max(start, index.byte(ofCodePoint: first + columns.upperBound, in: bytes))
    }
    return String(decoding: bytes[range.clamped(to: line)], as: UTF8.self)
  }
}

extension Source: Hashable {
  /// Returns true if both are the same object.
  package static func == (left: Source, right: Source) -> Bool { left === right }

  /// Hashes the identity of the object.
  package func hash(into hasher: inout Hasher) { hasher.combine(ObjectIdentifier(self)) }
}
