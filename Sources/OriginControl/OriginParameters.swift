package import Model
package import Origin

/// The settings that `origin:` may have in a file, and their translation for the server.
package enum OriginParameters {
  private static let defaults = OriginSettings()

  /// The declarations of the settings, with the server's own defaults.
  package static let schemas = [
    ParameterSchema(
      "latency", .duration, default: .number(defaults.latency), minimum: OriginSettings.durations.lowerBound,
      maximum: OriginSettings.durations.upperBound, help: "Wait before each answer."),
    ParameterSchema(
      "jitter", .duration, default: .number(defaults.jitter), minimum: OriginSettings.durations.lowerBound,
      maximum: OriginSettings.durations.upperBound, help: "Up to so much more, at random."),
    ParameterSchema(
      "size", .size, default: .integer(defaults.size), minimum: Double(OriginSettings.sizes.lowerBound),
      maximum: Double(OriginSettings.sizes.upperBound), help: "Bytes of a body."),
    ParameterSchema(
      "bandwidth", .size, minimum: Double(OriginSettings.bandwidths.lowerBound),
      maximum: Double(OriginSettings.bandwidths.upperBound), help: "Bytes a second of each answer. Default: no limit."),
    ParameterSchema(
      "error_rate", .share, default: .number(defaults.errorRate), help: "Share of requests that are answered 500."),
    ParameterSchema(
      "status", .integer, default: .integer(defaults.status), minimum: Double(OriginSettings.statuses.lowerBound),
      maximum: Double(OriginSettings.statuses.upperBound), help: "Of all other answers."),
    ParameterSchema(
      "close", .boolean, default: .boolean(defaults.close), help: "Whether each answer ends its connection."),
    ParameterSchema(
      "stall_every", .integer, default: .integer(defaults.stallEvery), minimum: 0,
      help: "One request of so many is held up; 0: none."),
    ParameterSchema(
      "stall", .duration, default: .number(defaults.stall), minimum: OriginSettings.durations.lowerBound,
      maximum: OriginSettings.durations.upperBound, help: "How long such a request is held up."),
    ParameterSchema("seed", .integer, default: .integer(Int(defaults.seed)), minimum: 0, help: "Of jitter and errors."),
    ParameterSchema(
      "threads", .integer, default: .integer(defaults.threads), minimum: Double(OriginSettings.threadCounts.lowerBound),
      maximum: Double(OriginSettings.threadCounts.upperBound), help: "The server's event-loop threads."),
  ]

  /// Returns the server's settings for these values. A missing value has its default.
  package static func settings(_ values: [String: Value]) -> OriginSettings {
    var settings = defaults
    settings.latency = values["latency"]?.number ?? settings.latency
    settings.jitter = values["jitter"]?.number ?? settings.jitter
    settings.size = values["size"]?.integer ?? settings.size
    settings.bandwidth = values["bandwidth"]?.integer
    settings.errorRate = values["error_rate"]?.number ?? settings.errorRate
    settings.status = values["status"]?.integer ?? settings.status
    settings.close = values["close"]?.boolean ?? settings.close
    settings.stallEvery = values["stall_every"]?.integer ?? settings.stallEvery
    settings.stall = values["stall"]?.number ?? settings.stall
    settings.seed = values["seed"]?.integer.map { UInt64(truncatingIfNeeded: $0) } ?? settings.seed
    settings.threads = threads(values)
    return settings
  }

  /// Returns the number of event-loop threads that these values ask for.
  package static func threads(_ values: [String: Value]) -> Int { values["threads"]?.integer ?? defaults.threads }
}
