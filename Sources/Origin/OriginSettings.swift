/// The settings of the origin's answers.
///
/// The query of a URL can set each of them for one request, except `threads` and `seed`.
package struct OriginSettings: Hashable, Sendable {
  /// The size of a body, in bytes.
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
  /// True if each answer ends its connection.
  package var close = false
  /// The number of requests to the server after which one waits `stall` seconds longer; 0 is never.
  package var stallEvery = 0
  /// The length of a stall, in seconds.
  package var stall = 1.0
  /// The seed of chance: two servers with one seed treat their first, second, … request alike.
  package var seed: UInt64 = 1
  /// The number of event-loop threads.
  package var threads = 1
  /// True if one bit of the body is wrong, to test the checks of clients. Only a query sets it.
  var corrupt = false

  /// Creates the default settings.
  package init() {}

  /// The limits of `size`, in bytes.
  package static let sizes = 0...(1 << 30)
  /// The limits of `latency`, `jitter` and `stall`, in seconds.
  package static let durations = 0.0...3600
  /// The limits of `bandwidth`, in bytes per second.
  package static let bandwidths = 1...1_000_000_000_000
  /// The limits of `errorRate`.
  package static let shares = 0.0...1
  /// The limits of `status`: final answers.
  package static let statuses = 200...599
  /// The limits of `threads`.
  package static let threadCounts = 1...256

  /// Checks that all settings are within their limits.
  ///
  /// - Throws: the first setting that is not.
  package func validate() throws(OriginError) {
    func require(_ name: String, is allowed: String, _ isValid: Bool) throws(OriginError) {
      if !isValid { throw .invalidSetting(name: name, allowed: allowed) }
    }
    try require("size", is: "0 to 1 GiB", Self.sizes.contains(size))
    try require("latency", is: "0 to 1 h", Self.durations.contains(latency))
    try require("jitter", is: "0 to 1 h", Self.durations.contains(jitter))
    try require("bandwidth", is: "1 B to 1000 GB a second", bandwidth.map(Self.bandwidths.contains) ?? true)
    try require("error_rate", is: "0 to 1", Self.shares.contains(errorRate))
    try require("status", is: "200 to 599", Self.statuses.contains(status))
    try require("stall_every", is: "0 (never) or more", stallEvery >= 0)
    try require("stall", is: "0 to 1 h", Self.durations.contains(stall))
    try require("threads", is: "1 to 256", Self.threadCounts.contains(threads))
  }
}
