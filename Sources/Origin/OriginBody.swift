internal import CZlib

/// The bodies the origin sends: they follow from path and size alone, so that whoever knows both can check them.
///
/// The bytes are those of 64-bit words, little-endian; word i is the i-th output of SplitMix64 (Steele, Lea & Flood,
/// OOPSLA 2014) seeded with `key`. So any part can be made without what is before it.
package enum OriginBody {
  /// Returns the key that a body follows from: a hash (FNV-1a) of its path, mixed with its size in bytes.
  ///
  /// - Parameter path: as the request line has it, without the query: see ``RequestTarget``.
  package static func key(path: Substring, size: Int) -> UInt64 {
    var hash: UInt64 = 0xcbf2_9ce4_8422_2325
    for byte in path.utf8 {
      hash = (hash ^ UInt64(byte)) &* 0x100_0000_01b3
    }
    return scrambled(hash ^ scrambled(UInt64(truncatingIfNeeded: size)))
  }

  /// Writes the part of a body that starts `offset` bytes after its start.
  package static func fill(_ target: UnsafeMutableRawBufferPointer, key: UInt64, from offset: Int) {
    func word(_ index: Int) -> UInt64 {
      scrambled(key &+ UInt64(truncatingIfNeeded: index + 1) &* 0x9e37_79b9_7f4a_7c15).littleEndian
    }
    func fillBytes(_ range: Range<Int>) {
      for index in range {
        let place = offset + index
        target[index] = UInt8(truncatingIfNeeded: UInt64(littleEndian: word(place / 8)) >> (place % 8 * 8))
      }
    }
    let start = min((8 - offset % 8) % 8, target.count)
    fillBytes(0..<start)
    let first = (offset + start) / 8
    let wordCount = (target.count - start) / 8
    for index in 0..<wordCount {
      target.storeBytes(of: word(first + index), toByteOffset: start + index * 8, as: UInt64.self)
    }
    fillBytes(start + wordCount * 8..<target.count)
  }

  /// A whole body.
  package static func bytes(path: Substring, size: Int) -> [UInt8] {
    [UInt8](unsafeUninitializedCapacity: size) { target, count in
      let bytes = UnsafeMutableRawBufferPointer(start: target.baseAddress, count: size)
      fill(bytes, key: key(path: path, size: size), from: 0)
      count = size
    }
  }

  /// The CRC-32 (that of zlib) of a whole body, in constant memory.
  package static func crc32(path: Substring, size: Int) -> UInt32 {
    let key = key(path: path, size: size)
    var checksum: UInt = 0
    withUnsafeTemporaryAllocation(byteCount: min(size, chunkSize), alignment: 8) { chunk in
      for offset in stride(from: 0, to: size, by: max(chunk.count, 1)) {
        let part = UnsafeMutableRawBufferPointer(rebasing: chunk.prefix(size - offset))
        fill(part, key: key, from: offset)
        checksum = CZlib.crc32(checksum, part.baseAddress?.assumingMemoryBound(to: UInt8.self), UInt32(part.count))
      }
    }
    return UInt32(truncatingIfNeeded: checksum)
  }

  /// The most bytes of a body that are in memory for one connection.
  static let chunkSize = 64 * 1024

  /// The finalizer of SplitMix64: one to one, and every bit depends on every bit.
  static func scrambled(_ value: UInt64) -> UInt64 {
    var z = value
    z = (z ^ (z >> 30)) &* 0xbf58_476d_1ce4_e5b9
    z = (z ^ (z >> 27)) &* 0x94d0_49bb_1331_11eb
    return z ^ (z >> 31)
  }
}
