internal import Model
internal import YAML

/// Reads how many trials there are: `10`, or `{ count: 10, precision: 5%, max: 50, budget: 10min }`.
struct TrialsDecoder {
  private static let count = ParameterSchema(
    "count", .integer, default: SettingsDecoder.trials.defaultValue, minimum: SettingsDecoder.trials.minimum,
    maximum: SettingsDecoder.trials.maximum, help: "Measured trials of each cell; with precision, at least so many.")
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

  func decode(_ node: Node, into settings: inout RunSettings, _ diagnostics: inout Diagnostics) {
    guard let entries = node.entries else {
      settings.trials = diagnostics.read(node, as: SettingsDecoder.trials)?.integer ?? settings.trials
      return
    }
    for entry in entries where !Self.settings.contains(where: { $0.name == entry.keyText }) {
      diagnostics.error(
        entry.key, "unknown key '\(entry.keyText)' in 'trials'",
        hint: Spelling.hint(for: entry.keyText, among: Self.settings.map(\.name)))
    }
    if let count = node["count"] {
      settings.trials = diagnostics.read(count, as: Self.count)?.integer ?? settings.trials
    }
    settings.budget = node["budget"].flatMap { diagnostics.read($0, as: Self.budget)?.number }
    let most = node["max"].flatMap { diagnostics.read($0, as: Self.max)?.integer }
    if let precision = node["precision"] {
      settings.precision = share(precision, &diagnostics)
      settings.trials = Swift.max(settings.trials, RunSettings.leastBlocksForPrecision)
      settings.maxTrials = most ?? Swift.max(settings.trials, RunSettings.standardMaxTrials)
      if let most, most < settings.trials, let node = node["max"] {
        diagnostics.error(
          node, "'max' must be at least \(settings.trials): the precision is looked at after so many blocks at first")
      }
    } else if let entry = entries.first(where: { $0.keyText == "max" }) {
      diagnostics.error(
        entry.key, "'max' needs 'precision': without it, the number of trials is 'count'", hint: "precision: 5%")
    }
  }

  private func share(_ node: Node, _ diagnostics: inout Diagnostics) -> Double? {
    guard let share = diagnostics.read(node, as: Self.precision)?.number else { return nil }
    guard share > 0 else {
      diagnostics.error(
        node, "'precision' must be above 0 and at most 1: no interval has no width", hint: "precision: 5%")
      return nil
    }
    return share
  }

  /// Complains of what only a run of whole blocks can have.
  func requireBlocks(_ node: Node, _ diagnostics: inout Diagnostics) {
    for entry in node.entries ?? [] where ["precision", "budget"].contains(entry.keyText) {
      diagnostics.error(
        entry.key, "'\(entry.keyText)' needs whole blocks, and 'order: sequential' has none", hint: "order: blocks")
    }
  }
}
