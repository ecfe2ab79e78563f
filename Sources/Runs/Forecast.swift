package import Model
internal import OS
internal import Results

/// The time that a run may take, by the latest run of the same experiment.
package struct Forecast: Hashable, Sendable {
  /// The number of cells that the latest run had, too.
  package let knownCells: Int
  /// The number of cells that the latest run didn't have.
  package let unknownCells: Int
  /// The shortest and the longest time, in seconds, without the budget.
  package let seconds: ClosedRange<Double>
  /// The budget in seconds; `nil` if the plan has none.
  package let budget: Double?
  /// The id of the latest run; `nil` if it isn't known.
  package let runID: String?
  /// The seconds for the start and the end of a trial's process, which no trial measures.
  private static let perTrial = 0.01

  /// Takes all values.
  package init(
    knownCells: Int, unknownCells: Int, seconds: ClosedRange<Double>, budget: Double?, runID: String?
  ) {
    self.knownCells = knownCells
    self.unknownCells = unknownCells
    self.seconds = seconds
    self.budget = budget
    self.runID = runID
  }

  /// Reads the latest run of the plan's experiment; without one, every cell is unknown.
  ///
  /// - Parameter output: the folder in which each experiment has its results.
  package init(plan: Plan, output: String) {
    let folder = RunFolder(path: "\(output)/\(plan.experiment)/latest")
    var times: [String: (sum: Double, count: Int)] = [:]
    if let columns = (try? TrialFile.read(folder.trials))?.columns {
      for (seconds, cell) in zip(columns.values(.measure(.observed)), columns.cellOfTrial) where !seconds.isNaN {
        let before = times[columns.cells[Int(cell)].id] ?? (0, 0)
        times[columns.cells[Int(cell)].id] = (before.sum + seconds, before.count + 1)
      }
    }
    let means = plan.cells.map { cell in times[cell.id].map { $0.sum / Double($0.count) } }
    let known = means.count { $0 != nil }
    let round = means.reduce(0) { $0 + ($1.map { $0 + Self.perTrial } ?? 0) }
    let (blocks, warmup) = (plan.settings.blocks, plan.settings.warmup)
    self.init(
      knownCells: known, unknownCells: means.count - known,
      seconds: (Double(blocks.lowerBound + warmup) * round)...(Double(blocks.upperBound + warmup) * round),
      budget: plan.settings.budget, runID: Files.linkTarget(folder.path))
  }
}
