/// The places of lines and code points in a text, so that a question about one of them doesn't read the whole text.
struct SourceIndex: Sendable {
  /// The first byte of each line.
  let lineStarts: [Int]
  /// The number of code points that begin before each multiple of `stride` bytes.
  private let counts: [Int]
  private static let stride = 512

  init(_ bytes: [UInt8]) {
    var starts = [bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0]
    var counts: [Int] = []
    bytes.withUnsafeBufferPointer { bytes in
      var count = 0
      var place = 0
      // A line break of several bytes may reach beyond a multiple.
      var afterBreak = 0
      while place < bytes.count {
        if place % Self.stride == 0 { counts.append(count) }
        if !isContinuation(bytes[place]) { count += 1 }
        if place >= max(afterBreak, starts[0]) {
          let length = lineBreakLength(in: bytes, at: place)
          if length > 0 {
            afterBreak = place + length
            starts.append(afterBreak)
          }
        }
        place += 1
      }
      counts.append(count)
    }
    lineStarts = starts
    self.counts = counts
  }

  /// The number of code points that begin before a byte.
  func codePoints(before byte: Int, in bytes: UnsafeBufferPointer<UInt8>) -> Int {
    let block = byte / Self.stride
    guard block < counts.count - 1 || byte % Self.stride != 0 else { return counts[min(block, counts.count - 1)] }
    return counts[block] + (block * Self.stride..<byte).count { !isContinuation(bytes[$0]) }
  }

  /// The byte at which a code point begins; the end for one after the last.
  func byte(ofCodePoint wanted: Int, in bytes: UnsafeBufferPointer<UInt8>) -> Int {
    // The last multiple before which no more than the wanted number begin.
    var low = 0
    var high = counts.count - 1
    while low < high {
      let middle = (low + high + 1) / 2
      if counts[middle] <= wanted { low = middle } else { high = middle - 1 }
    }
    var place = min(low * Self.stride, bytes.count)
    var count = counts[low]
    while place < bytes.count {
      if !isContinuation(bytes[place]) {
        if count == wanted { return place }
        count += 1
      }
      place += 1
    }
    return bytes.count
  }
}
