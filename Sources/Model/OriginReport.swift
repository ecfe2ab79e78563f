/// What the embedded server saw of one trial.
package struct OriginReport: Hashable, Sendable, Codable {
  package var requests: Int
  /// Of bodies.
  package var bytes: Int
  /// Accepted during the trial.
  package var connections: Int
  /// The most requests in flight at once.
  package var mostAtOnce: Int
  /// CPU time that the server used, in seconds.
  package var cpuSeconds: Double
  /// How long the server counted, in seconds: a bit longer than the trial.
  package var elapsedSeconds: Double

  package init(
    requests: Int, bytes: Int, connections: Int, mostAtOnce: Int, cpuSeconds: Double, elapsedSeconds: Double
  ) {
    self.requests = requests
    self.bytes = bytes
    self.connections = connections
    self.mostAtOnce = mostAtOnce
    self.cpuSeconds = cpuSeconds
    self.elapsedSeconds = elapsedSeconds
  }

  private enum CodingKeys: String, CodingKey {
    case requests, bytes, connections
    case mostAtOnce = "most_at_once"
    case cpuSeconds = "cpu_s"
    case elapsedSeconds = "elapsed_s"
  }
}
