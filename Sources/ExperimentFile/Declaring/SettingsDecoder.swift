internal import Model
internal import YAML

/// A decoder of the keys that say how trials are run.
struct SettingsDecoder {
  let reader: ValueReader

  func decode(_ root: Node) -> RunSettings {
    func filled(_ key: FileKey) -> Node? { root[key].flatMap { reader.filled($0) } }
    var settings = RunSettings()
    if let node = filled(.trials) { TrialsDecoder(reader: reader).decode(node, into: &settings) }
    if let node = filled(.warmup) {
      settings.warmup = reader.read(node, as: FileSettings.warmup)?.integer ?? settings.warmup
    }
    if let node = filled(.seed) { settings.seed = reader.read(node, as: FileSettings.seed)?.integer ?? settings.seed }
    if let node = filled(.timeout) {
      settings.timeout = reader.read(node, as: FileSettings.timeout)?.number ?? settings.timeout
    }
    if let node = filled(.retries) {
      settings.retries = reader.read(node, as: FileSettings.retries)?.integer ?? settings.retries
    }
    if let node = filled(.maxFailed) {
      settings.maxFailed = reader.read(node, as: FileSettings.maxFailed)?.number ?? settings.maxFailed
    }
    if let node = filled(.maxRate) { settings.maxRate = reader.read(node, as: FileSettings.maxRate)?.number }
    if let node = filled(.warmupTasks) {
      settings.warmupTasks = reader.read(node, as: FileSettings.warmupTasks)?.integer ?? 0
    }
    if let node = filled(.record) { settings.recordsTasks = reader.read(node, as: FileSettings.record) != nil }
    if let node = filled(.allowRemote) { settings.remote = RemoteDecoder(reader: reader).decode(node) }
    if let node = filled(.order), let text = reader.read(node, as: FileSettings.order)?.string {
      settings.order = RunSettings.Order(rawValue: text) ?? settings.order
    }
    if settings.order == .sequential, let node = filled(.trials) {
      TrialsDecoder(reader: reader).requireBlocks(node)
    }
    return settings
  }
}
