internal import Model
internal import YAML

/// A decoder of the keys that say how trials are run.
struct SettingsDecoder {
  let reader: ValueReader

  func decode(_ root: Node) -> RunSettings {
    var settings = RunSettings()
    if let node = root[.trials] { TrialsDecoder(reader: reader).decode(node, into: &settings) }
    if let node = root[.warmup] {
      settings.warmup = reader.read(node, as: FileSettings.warmup)?.integer ?? settings.warmup
    }
    if let node = root[.seed] { settings.seed = reader.read(node, as: FileSettings.seed)?.integer ?? settings.seed }
    if let node = root[.timeout] {
      settings.timeout = reader.read(node, as: FileSettings.timeout)?.number ?? settings.timeout
    }
    if let node = root[.maxFailed] {
      settings.maxFailed = reader.read(node, as: FileSettings.maxFailed)?.number ?? settings.maxFailed
    }
    if let node = root[.maxRate] { settings.maxRate = reader.read(node, as: FileSettings.maxRate)?.number }
    if let node = root[.warmupTasks] {
      settings.warmupTasks = reader.read(node, as: FileSettings.warmupTasks)?.integer ?? 0
    }
    if let node = root[.record] { settings.recordsTasks = reader.read(node, as: FileSettings.record) != nil }
    if let node = root[.allowRemote] { settings.remote = RemoteDecoder(reader: reader).decode(node) }
    if let node = root[.order], let text = reader.read(node, as: FileSettings.order)?.string {
      settings.order = RunSettings.Order(rawValue: text) ?? settings.order
    }
    if settings.order == .sequential, let node = root[.trials] {
      TrialsDecoder(reader: reader).requireBlocks(node)
    }
    return settings
  }
}
