/// The spread of a body over time: it goes in chunks, each when its last byte is due.
struct Pace: Hashable {
  /// Bytes per second.
  var bandwidth: Int

  /// A hundredth of a second's bytes, at least one, at most what a connection may have in memory.
  var chunkSize: Int { min(max(bandwidth / 100, 1), OriginBody.chunkSize) }

  /// Nanoseconds after the start of the body at which so many bytes may have been sent, however late any were before.
  func due(_ bytes: Int) -> Int64 {
    Int64((Double(bytes) / Double(bandwidth) * 1e9).rounded())
  }
}
