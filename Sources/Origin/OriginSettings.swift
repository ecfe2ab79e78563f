/// How the origin answers. Each can be set for one request too, by the query of its URL (`threads` and `seed` can't).
package struct OriginSettings: Hashable, Sendable {
  /// Bytes of a body.
  package var size = 1024
  /// Seconds between the end of a request and the start of its answer.
  package var latency = 0.0
  /// The most seconds added to the latency: each request gets its own share, uniform and seeded.
  package var jitter = 0.0
  /// Bytes per second of each response's body; `nil` is as fast as it goes.
  package var bandwidth: Int?
  /// The share of requests that are answered 500, seeded.
  package var errorRate = 0.0
  /// The status of all other answers.
  package var status = 200
  /// Whether each answer ends its connection.
  package var close = false
  /// Of so many requests to the server, the last waits `stall` seconds longer; 0 is never.
  package var stallEvery = 0
  /// Seconds.
  package var stall = 1.0
  /// Two servers with one seed treat their first, second, … request alike.
  package var seed: UInt64 = 1
  /// Event-loop threads.
  package var threads = 1
  /// Whether one bit of the body is wrong, so that a client's checks can be tested: only a query sets it.
  var corrupt = false

  /// The defaults.
  package init() {}

  /// Bytes of a body.
  package static let sizes = 0...(1 << 30)
  /// Seconds: of the latency, of the jitter, of a stall.
  package static let durations = 0.0...3600
  /// Bytes per second.
  package static let bandwidths = 1...1_000_000_000_000
  /// Of `errorRate`.
  package static let shares = 0.0...1
  /// Of final answers.
  package static let statuses = 200...599
  /// Of event loops.
  package static let threadCounts = 1...256

  /// - Throws: the first setting that is out of its range.
  package func validate() throws(OriginError) {
    func require(_ isValid: Bool, _ name: String, _ allowed: String) throws(OriginError) {
      if !isValid { throw .invalidSetting(name: name, allowed: allowed) }
    }
    try require(Self.sizes.contains(size), "size", "0 to 1 GiB")
    try require(Self.durations.contains(latency), "latency", "0 to 1 h")
    try require(Self.durations.contains(jitter), "jitter", "0 to 1 h")
    try require(bandwidth.map(Self.bandwidths.contains) ?? true, "bandwidth", "1 B to 1000 GB a second")
    try require(Self.shares.contains(errorRate), "error_rate", "0 to 1")
    try require(Self.statuses.contains(status), "status", "200 to 599")
    try require(stallEvery >= 0, "stall_every", "0 (never) or more")
    try require(Self.durations.contains(stall), "stall", "0 to 1 h")
    try require(Self.threadCounts.contains(threads), "threads", "1 to 256")
  }
}
