internal import Time

/// The spread of a body over time: it goes in chunks, each when its last byte is due.
struct Pace: Hashable {
  /// Bytes per second.
  var bandwidth: Int

  /// A hundredth of a second's bytes, at least one, at most what a connection may have in memory.
  var chunkSize: Int { min(max(bandwidth / 100, 1), OriginBody.chunkSize) }

  /// Returns how long after the start of the body so many bytes may have been sent, however late any were before.
  func due(_ bytes: Int) -> Nanoseconds {
    Nanoseconds(rounding: Double(bytes) / Double(bandwidth) * Nanoseconds.perSecond)
  }
}
