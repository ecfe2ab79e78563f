internal import Model
internal import YAML

/// Reads how trials are run.
struct SettingsDecoder {
  private static let defaults = RunSettings()

  static let trials = ParameterSchema(
    .trials, .integer, default: .integer(defaults.trials), minimum: 1, maximum: 100_000)
  static let warmup = ParameterSchema(
    .warmup, .integer, default: .integer(defaults.warmup), minimum: 0, maximum: 1000)
  static let order = ParameterSchema(
    .order, .choice(RunSettings.Order.allCases.map(\.rawValue)), default: .string(defaults.order.rawValue))
  static let seed = ParameterSchema(.seed, .integer, default: .integer(defaults.seed), minimum: 0)
  static let timeout = ParameterSchema(
    .timeout, .duration, default: .number(defaults.timeout), minimum: 0.001, maximum: 604_800)
  static let maxFailed = ParameterSchema(.maxFailed, .share, default: .number(defaults.maxFailed))
  static let maxRate = ParameterSchema(.maxRate, .rate, minimum: 0.001, maximum: 1e9)
  static let warmupTasks = ParameterSchema(
    .warmupTasks, .integer, default: .integer(defaults.warmupTasks), minimum: 0, maximum: 1e7)
  static let record = ParameterSchema(.record, .choice(["tasks"]))

  private static let hosts = ParameterSchema(
    "hosts", .list(.string), required: true, help: "Their names, without scheme, port and path.")
  private static let maxRequests = ParameterSchema(
    "max_requests", .integer, minimum: 0, help: "The most requests of a run to each of them. Default: no limit.")
  static let remote = [hosts, maxRequests]

  func decode(_ root: Node, _ diagnostics: inout Diagnostics) -> RunSettings {
    var settings = RunSettings()
    if let node = root[.trials] { TrialsDecoder().decode(node, into: &settings, &diagnostics) }
    if let node = root[.warmup] {
      settings.warmup = diagnostics.read(node, as: Self.warmup)?.integer ?? settings.warmup
    }
    if let node = root[.seed] { settings.seed = diagnostics.read(node, as: Self.seed)?.integer ?? settings.seed }
    if let node = root[.timeout] {
      settings.timeout = diagnostics.read(node, as: Self.timeout)?.number ?? settings.timeout
    }
    if let node = root[.maxFailed] {
      settings.maxFailed = diagnostics.read(node, as: Self.maxFailed)?.number ?? settings.maxFailed
    }
    if let node = root[.maxRate] { settings.maxRate = diagnostics.read(node, as: Self.maxRate)?.number }
    if let node = root[.warmupTasks] {
      settings.warmupTasks = diagnostics.read(node, as: Self.warmupTasks)?.integer ?? 0
    }
    if let node = root[.record] { settings.recordsTasks = diagnostics.read(node, as: Self.record) != nil }
    if let node = root[.allowRemote] { settings.remote = remote(node, &diagnostics) }
    if let node = root[.order], let text = diagnostics.read(node, as: Self.order)?.string {
      settings.order = RunSettings.Order(rawValue: text) ?? settings.order
    }
    if settings.order == .sequential, let node = root[.trials] {
      TrialsDecoder().requireBlocks(node, &diagnostics)
    }
    return settings
  }

  /// `{ hosts: [example.com], max_requests: 5000 }`
  private func remote(_ node: Node, _ diagnostics: inout Diagnostics) -> RemoteLimits {
    var limits = RemoteLimits()
    guard let entries = node.entries else {
      diagnostics.error(
        node, "'allow_remote' must be a mapping, and this is \(node.kindName)",
        hint: "allow_remote: { hosts: [example.com], max_requests: 5000 }")
      return limits
    }
    let known = Self.remote.map(\.name)
    for entry in entries where !known.contains(entry.keyText) {
      diagnostics.error(
        entry.key, "unknown key '\(entry.keyText)' in 'allow_remote'",
        hint: Spelling.hint(for: entry.keyText, among: known))
    }
    guard let hosts = node["hosts"] else {
      diagnostics.error(node, "'allow_remote' needs 'hosts'", hint: "allow_remote: { hosts: [example.com] }")
      return limits
    }
    limits.hosts = Set(
      diagnostics.read(hosts, as: Self.hosts)?.list?.compactMap { $0.string?.lowercased() } ?? [])
    for item in hosts.sequence ?? [] {
      guard let text = item.text, HTTPURL("http://\(text)/")?.host != text.lowercased() else { continue }
      diagnostics.error(item, "'\(text)' isn't the name of a host", hint: "without scheme, port and path: example.com")
    }
    limits.maxRequests = node["max_requests"].flatMap { diagnostics.read($0, as: Self.maxRequests)?.integer }
    return limits
  }
}
