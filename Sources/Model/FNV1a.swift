/// The hash FNV-1a with 64 bits (Fowler, Noll & Vo), for digests that have to be the same in every process.
///
/// It tells apart what differs by chance, not what somebody made to have the same hash.
package struct FNV1a {
  /// The hash of all bytes so far.
  package private(set) var value: UInt64 = 0xcbf2_9ce4_8422_2325

  /// Begins with no bytes.
  package init() {}

  /// Adds a byte.
  package mutating func add(_ byte: UInt8) {
    value = (value ^ UInt64(byte)) &* 0x100_0000_01b3
  }

  /// Adds bytes.
  package mutating func add(_ bytes: some Sequence<UInt8>) {
    for byte in bytes { add(byte) }
  }
}

/// A word as digests and checksums are written: 16 hexadecimal digits.
package func hexadecimalText(_ word: UInt64) -> String {
  let digits = String(word, radix: 16)
  return String(repeating: "0", count: 16 - digits.count) + digits
}
