/// A file whose bytes are the value of a parameter.
///
/// A plan has its path, its size and a digest. So a file with other bytes makes another plan, and no manifest has the
/// bytes themselves.
package struct FileContent: Hashable, Sendable {
  /// The path of the file, as a process that the run starts can open it.
  package var path: String
  /// The size of the file in bytes.
  package var bytes: Int
  /// The digest of the bytes: FNV-1a with 64 bits, as 16 hexadecimal digits.
  package var digest: String

  /// The largest size that such a file may have, in bytes.
  package static let maximumBytes = 64 << 20

  /// Describes a file with these bytes.
  package init(path: String, content: [UInt8]) {
    self.path = path
    bytes = content.count
    digest = Self.digest(of: content)
  }

  /// Describes the same content at another path.
  package init(path: String, of other: FileContent) {
    self = other
    self.path = path
  }

  /// The form that plans and messages have: a map of `path`, `bytes` and `digest`.
  package var value: Value {
    .map(["path": .string(path), "bytes": .integer(bytes), "digest": .string(digest)])
  }

  /// Reads the form that plans and messages have; `nil` for other values.
  package init?(_ value: Value) {
    guard let map = value.map, let path = map["path"]?.string, let bytes = map["bytes"]?.integer,
      let digest = map["digest"]?.string
    else { return nil }
    self.path = path
    self.bytes = bytes
    self.digest = digest
  }

  /// Returns whether these are the bytes that the file had.
  package func matches(_ content: [UInt8]) -> Bool {
    content.count == bytes && Self.digest(of: content) == digest
  }

  private static func digest(of content: [UInt8]) -> String {
    var hash = FNV1a()
    content.withUnsafeBufferPointer { hash.add($0) }
    return hexadecimalText(hash.value)
  }
}
