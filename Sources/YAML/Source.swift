/// A text that problems point into: a file, or a command-line override.
///
/// Two sources are equal only if they are the same object.
package final class Source: Sendable {
  /// The name as the user wrote it, such as `experiments/scaling.yaml`.
  package let name: String
  /// The text as it was read, a byte order mark included; not necessarily UTF-8.
  package let bytes: [UInt8]

  /// Creates a source.
  package init(name: String, bytes: [UInt8]) {
    self.name = name
    self.bytes = bytes
  }

  /// Returns the text of a line, without its line break and a byte order mark. Lines count from 1.
  ///
  /// - Returns: nil beyond the last line.
  ///
  /// The text after the last line break is a line even if it is empty, since problems can point there. Bytes that
  /// aren't UTF-8 are replaced by U+FFFD. Takes one pass over the bytes; nothing is kept.
  package func line(_ number: Int) -> String? {
    guard let range = byteRange(ofLine: number) else { return nil }
    return String(decoding: bytes[range], as: UTF8.self)
  }
}

extension Source: Hashable {
  /// Returns true if both are the same object.
  package static func == (left: Source, right: Source) -> Bool { left === right }

  /// Hashes the identity of the object.
  package func hash(into hasher: inout Hasher) { hasher.combine(ObjectIdentifier(self)) }
}
