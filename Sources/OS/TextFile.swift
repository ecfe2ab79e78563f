import Glibc
internal import SystemPackage

/// Reading small files, those of /proc among them.
package enum TextFile {
  /// At most `limit` bytes of a file.
  package static func bytes(_ path: String, limit: Int) throws(SystemError) -> [UInt8] {
    let descriptor = try Descriptor.reading(path)
    var bytes: [UInt8] = []
    while bytes.count < limit {
      guard let some = try descriptor.file.readSome(limit: min(65536, limit - bytes.count)), !some.isEmpty else {
        break
      }
      bytes += some
    }
    return bytes
  }

  /// The text of a small file, or `nil` where there is none to read.
  package static func text(_ path: String) -> String? {
    guard let bytes = try? bytes(path, limit: 1 << 20) else { return nil }
    return String(decoding: bytes, as: UTF8.self)
  }
}
