internal import Model
internal import YAML

/// A decoder of the number of trials: `10`, or `{ count: 10, precision: 5%, max: 50, budget: 10min }`.
struct TrialsDecoder {
  private static let count = ParameterSchema(
    "count", .integer, default: FileSettings.trials.defaultValue, minimum: FileSettings.trials.minimum,
    maximum: FileSettings.trials.maximum, help: "Measured trials of each cell; with precision, at least so many.")
  private static let precision = ParameterSchema(
    "precision", .share,
    help: "Goes on until half the width of every cell's 95 % interval is at most this share of its median.")
  private static let max = ParameterSchema(
    "max", .integer, minimum: 1, maximum: 100_000,
    help: "The most trials of each cell, with precision. Default: \(RunSettings.standardMaxTrials), or count if more.")
  private static let budget = ParameterSchema(
    "budget", .duration, minimum: 0.001, maximum: 31_536_000,
    help: "No block is begun that isn't expected to end within so long since the run began.")
  static let settings = [count, precision, max, budget]

  let reader: ValueReader

  func decode(_ node: Node, into settings: inout RunSettings) {
    guard let entries = node.entries else {
      settings.trials = reader.read(node, as: FileSettings.trials)?.integer ?? settings.trials
      return
    }
    for entry in entries where !Self.settings.contains(where: { $0.name == entry.keyText }) {
      reader.log.error(
        entry.key, "unknown key '\(entry.keyText)' in 'trials'",
        hint: Spelling.hint(for: entry.keyText, among: Self.settings.map(\.name)))
    }
    if let count = node["count"] {
      settings.trials = reader.read(count, as: Self.count)?.integer ?? settings.trials
    }
    settings.budget = node["budget"].flatMap { reader.read($0, as: Self.budget)?.number }
    let most = node["max"].flatMap { reader.read($0, as: Self.max)?.integer }
    if let precision = node["precision"] {
      settings.precision = share(precision)
      settings.trials = Swift.max(settings.trials, RunSettings.leastBlocksForPrecision)
      settings.maxTrials = most ?? Swift.max(settings.trials, RunSettings.standardMaxTrials)
      if let most, most < settings.trials, let node = node["max"] {
        reader.log.error(
          node, "'max' must be at least \(settings.trials): the precision is looked at after so many blocks at first")
      }
    } else if let entry = entries.first(where: { $0.keyText == "max" }) {
      reader.log.error(
        entry.key, "'max' needs 'precision': without it, the number of trials is 'count'", hint: "precision: 5%")
    }
  }

  private func share(_ node: Node) -> Double? {
    guard let share = reader.read(node, as: Self.precision)?.number else { return nil }
    guard share > 0 else {
      reader.log.error(
        node, "'precision' must be above 0 and at most 1: no interval has no width", hint: "precision: 5%")
      return nil
    }
    return share
  }

  /// Reports the settings that only a run of whole blocks can have.
  func requireBlocks(_ node: Node) {
    for entry in node.entries ?? [] where ["precision", "budget"].contains(entry.keyText) {
      reader.log.error(
        entry.key, "'\(entry.keyText)' needs whole blocks, and 'order: sequential' has none", hint: "order: blocks")
    }
  }
}
