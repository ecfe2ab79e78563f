/// The embedded server's counts for one trial.
package struct OriginReport: Hashable, Sendable, Codable {
  /// The number of requests that arrived.
  package var requests: Int
  /// The bytes of all bodies that were sent.
  package var bytes: Int
  /// The number of connections that were accepted during the trial.
  package var connections: Int
  /// The largest number of requests in flight at once.
  package var mostAtOnce: Int
  /// The CPU time that the server used, in seconds.
  package var cpuSeconds: Double
  /// The time during which the server counted, in seconds. It is slightly longer than the trial.
  package var elapsedSeconds: Double
  /// The bytes of the bodies of all requests.
  package var received: Int

  /// Makes a report of these counts.
  package init(
    requests: Int, bytes: Int, connections: Int, mostAtOnce: Int, cpuSeconds: Double, elapsedSeconds: Double,
    received: Int = 0
  ) {
    self.requests = requests
    self.bytes = bytes
    self.connections = connections
    self.mostAtOnce = mostAtOnce
    self.cpuSeconds = cpuSeconds
    self.elapsedSeconds = elapsedSeconds
    self.received = received
  }

  private enum CodingKeys: String, CodingKey {
    case requests, bytes, connections
    case mostAtOnce = "most_at_once"
    case cpuSeconds = "cpu_s"
    case elapsedSeconds = "elapsed_s"
    case received
  }
}
