/// A condition that makes a run's numbers less certain than they look, or gives them another meaning.
package enum RunWarning: Hashable, Sendable {
  /// Ids of cells. The first one shows the condition most.
  package typealias Cells = [String]

  /// Cells were run one after the other. A change of the machine between them looks like a difference of cells.
  case sequential
  /// The machine changed while the run went on.
  case trend(Trend)
  /// The times of a cell lie around two levels.
  case bimodal(Cells, Modes)
  /// Times beyond Tukey's fences, of all trials.
  case outliers(count: Int, trials: Int)
  /// A cell has fewer trials than an interval needs. `fewest` is the smallest number of them.
  case tooFewTrials(Cells, fewest: Int)
  /// Cells have more workers than cores, and their tasks only compute.
  case oversubscribed(Cells, cores: Double)
  /// The client's threads were busy all the time, although the tasks only wait.
  case clientSaturated(Cells)
  /// Times of cells are less than a thousand steps of the clock. `step` is in seconds.
  case coarseClock(Cells, step: Double)
  /// Recording tasks takes more than 1 % of the tasks' time.
  case recordingCosts(Cells)
  /// The runner observed a time more than 5 % off the trial's own. `by` is that share.
  case observedDiffers(Cells, by: Double)
  /// Some workers never had a task.
  case idleWorkers(Cells)
  /// `max_rate` determined the time.
  case rateLimited(Cells)
  /// Tasks were done more slowly than they arrived: the queue only grew.
  case overloaded(Cells)
  /// The embedded server was busy nearly all the time.
  case originSaturated(Cells)
  /// The embedded server's counts differ from the clients'. The text says how, for the first cell.
  case originDiffers(Cells, String)
  /// A number of trials have no counts of the embedded server.
  case originSilent(trials: Int)
}
