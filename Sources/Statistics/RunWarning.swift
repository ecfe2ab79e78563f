/// What makes the numbers of a run less sure than they look, or another thing than they seem.
package enum RunWarning: Hashable, Sendable {
  /// Cells, the one that shows it most first.
  package typealias Cells = [String]

  /// Cells were run one after the other: what changed between them looks like a difference of theirs.
  case sequential
  /// The machine changed while the run went on.
  case trend(Trend)
  /// Times keep to two levels.
  case bimodal(Cells, Modes)
  /// Beyond Tukey's fences.
  case outliers(count: Int, trials: Int)
  /// Fewer trials than an interval needs; the fewest that a cell has.
  case tooFewTrials(Cells, fewest: Int)
  /// More workers than cores, where all they do is compute.
  case oversubscribed(Cells, cores: Double)
  /// The client's threads were busy all the time, where the work is waiting.
  case clientSaturated(Cells)
  /// Cells whose times are less than a thousand of the clock's steps, which take so many seconds.
  case coarseClock(Cells, step: Double)
  /// Cells in whose tasks writing down what was done takes more than 1 % of the time.
  case recordingCosts(Cells)
  /// What the runner saw from the outside is more than 5 % above what the trial measured: by so much, relative.
  case observedDiffers(Cells, by: Double)
  /// Workers that never had a task.
  case idleWorkers(Cells)
  /// `max_rate` was what took the time.
  case rateLimited(Cells)
  /// Less was done than came in: the queue only grew.
  case overloaded(Cells)
  /// The embedded server was busy nearly all the time.
  case originSaturated(Cells)
  /// The embedded server's counts aren't the clients', for the first such cell: how.
  case originDiffers(Cells, String)
  /// So many trials have no counts of the embedded server.
  case originSilent(trials: Int)
}
