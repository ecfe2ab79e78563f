/// The cells of an experiment, and how to run them.
package struct Plan: Sendable {
  /// The file's stem.
  package var experiment: String
  package var description: String?
  package var axes: [Axis]
  package var cells: [Cell]
  package var excluded: [ExcludedCell]
  /// The label of the strategy that the others are compared with.
  package var baseline: String?
  package var settings: RunSettings
  package var hooks: Hooks
  package var environment: [String: String]
  /// Columns that workloads and strategies add at the end of trials.csv.
  package var metrics: [String]

  package init(
    experiment: String, description: String? = nil, axes: [Axis], cells: [Cell], excluded: [ExcludedCell] = [],
    baseline: String? = nil, settings: RunSettings = RunSettings(), hooks: Hooks = Hooks(),
    environment: [String: String] = [:], metrics: [String] = []
  ) {
    self.experiment = experiment
    self.description = description
    self.axes = axes
    self.cells = cells
    self.excluded = excluded
    self.baseline = baseline
    self.settings = settings
    self.hooks = hooks
    self.environment = environment
    self.metrics = metrics
  }

  /// Whether any cell's tasks are requests.
  package var sendsRequests: Bool { cells.contains(where: \.sendsRequests) }

  /// Trials that a whole run has, warm-ups included: at least, if its number of blocks depends on what it shows.
  package var trialCount: Int { trialCounts.lowerBound }

  /// The least and the most trials of a whole run, if the budget allows it.
  package var trialCounts: ClosedRange<Int> {
    let (least, most) = (settings.blocks.lowerBound, settings.blocks.upperBound)
    return (cells.count * (least + settings.warmup))...(cells.count * (most + settings.warmup))
  }
}
