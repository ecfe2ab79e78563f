internal import NIOCore

/// The body of one answer, of which any part can be made alone.
struct Body {
  let size: Int
  private let key: UInt64
  /// A byte with a bit that isn't as ``OriginBody`` says.
  private let flaw: Int?

  init(path: Substring, size: Int, isCorrupt: Bool) {
    self.size = size
    key = OriginBody.key(path: path, size: size)
    flaw = isCorrupt && size > 0 ? size / 2 : nil
  }

  /// Appends a part of it to a buffer.
  func write(from offset: Int, count: Int, to buffer: inout ByteBuffer) {
    buffer.writeWithUnsafeMutableBytes(minimumWritableBytes: count) { target in
      let part = UnsafeMutableRawBufferPointer(rebasing: target.prefix(count))
      OriginBody.fill(part, key: key, from: offset)
      if let flaw, (offset..<offset + count).contains(flaw) { part[flaw - offset] ^= 1 }
      return count
    }
  }
}
