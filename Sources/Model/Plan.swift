/// The cells of an experiment, and the settings to run them with.
package struct Plan: Sendable {
  /// The experiment's name: the file's name without its extension.
  package var experiment: String
  /// The file's `description`; `nil` if it has none.
  package var description: String?
  /// The dimensions of the matrix, in the order of their columns.
  package var axes: [Axis]
  /// The cells to run.
  package var cells: [Cell]
  /// The cells that the file or the command line leaves out.
  package var excluded: [ExcludedCell]
  /// The label of the strategy that others are compared with; `nil` if there is none.
  package var baseline: String?
  /// The settings of the run.
  package var settings: RunSettings
  /// The commands that run around trials and the run. A cell may have others for its trials.
  package var hooks: Hooks
  /// The environment variables that the file sets for hooks and for all trials. A cell may have more.
  package var environment: [String: String]
  /// The columns that workloads and strategies add at the end of trials.csv.
  package var metrics: [String]
  /// The secrets that the texts of the plan refer to.
  package var secrets = Secrets()

  /// Makes a plan, by default with standard settings and without hooks.
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

  /// A Boolean value that is true if the tasks of any cell are requests.
  package var sendsRequests: Bool { cells.contains(where: \.sendsRequests) }

  /// The least number of trials in a complete run, warm-ups included.
  package var trialCount: Int { trialCounts.lowerBound }

  /// The least and the largest number of trials in a complete run, warm-ups included. A budget may end it earlier.
  package var trialCounts: ClosedRange<Int> {
    let (least, most) = (settings.blocks.lowerBound, settings.blocks.upperBound)
    return (cells.count * (least + settings.warmup))...(cells.count * (most + settings.warmup))
  }
}
