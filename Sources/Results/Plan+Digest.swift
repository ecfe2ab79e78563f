package import Model

extension Plan {
  /// The digest of everything that decides which trials a run has and what they do: 16 hexadecimal digits.
  ///
  /// The number of trials and the timeout aren't part of it, so that a resumed run may change them. The hash is FNV-1a
  /// with 64 bits.
  package var digest: String {
    var hash = Hash()
    hash.add("\(experiment) \(settings.order) \(settings.seed) \(settings.warmup) \(settings.maxFailed) \(metrics)")
    hash.add("\(settings.maxRate ?? 0) \(settings.warmupTasks) \(settings.recordsTasks)")
    for cell in cells {
      hash.add(cell.id)
      hash.add(cell.origin.map { Value.map($0).description } ?? "")
      if let arrivals = cell.arrivals { hash.add("\(arrivals.rate) \(arrivals.process)") }
      if let ramp = cell.arrivals?.ramp { hash.add("ramp \(ramp.from) \(ramp.over)") }
      for plugin in [cell.workloadPlugin, cell.strategyPlugin] {
        guard let plugin else { continue }
        hash.add(plugin.name)
        hash.add(Value.map(plugin.parameters).description)
      }
      // Nothing is added for cells without these: runs of versions that had no such cells keep their digests.
      if !cell.environment.isEmpty {
        hash.add(
          "env \(Value.map(cell.environment.mapValues(Value.string)).description)")
      }
      for moment in Hooks.Moment.allCases {
        if let command = cell.hooks.commands[moment] { hash.add("\(moment) \(command)") }
      }
    }
    for moment in Hooks.Moment.allCases {
      hash.add("\(moment) \(hooks.commands[moment] ?? [])")
    }
    hash.add(Value.map(environment.mapValues(Value.string)).description)
    return hexadecimalText(hash.state.value)
  }

  /// Returns whether a digest in a journal is that of this plan. Earlier versions had secrets in their digests.
  package func hasDigest(_ other: String) -> Bool {
    digest == other || (!secrets.isEmpty && revealed.digest == other)
  }

  private struct Hash {
    var state = FNV1a()

    /// Adds a text, and a byte that no text has, so that the ends of texts count.
    mutating func add(_ text: String) {
      state.add(text.utf8)
      state.add(0xff)
    }
  }
}
