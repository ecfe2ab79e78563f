internal import Model

/// The settings of the command line, which win over those of the files.
package struct Overrides: Sendable {
  /// Texts `KEY=VALUE`, in order.
  package var set: [String] = []
  /// Conditions that cells must meet to be run.
  package var only: [Condition] = []
  /// The exact number of measured trials; then `precision` of the file doesn't count.
  package var trials: Int?
  /// The number of warm-up trials of each cell.
  package var warmup: Int?
  /// The seed of the order of trials.
  package var seed: Int?
  /// The time limit of a trial, in seconds.
  package var timeout: Double?
  /// True for 3 trials, no warm-up and no claims.
  package var isQuick = false

  /// Creates overrides that change nothing.
  package init() {}

  /// Replaces the settings of a file.
  func apply(to settings: inout RunSettings) {
    if isQuick {
      settings.trials = 3
      settings.warmup = 0
      settings.makesClaims = false
    }
    settings.trials = trials ?? settings.trials
    if isQuick || trials != nil {
      settings.precision = nil
      settings.maxTrials = nil
    }
    settings.warmup = warmup ?? settings.warmup
    settings.seed = seed ?? settings.seed
    settings.timeout = timeout ?? settings.timeout
  }
}
