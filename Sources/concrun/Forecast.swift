internal import Model
internal import OS
internal import Results

/// How long a run may take, by the latest run of the same experiment.
struct Forecast {
  private let known: Int
  private let unknown: Int
  /// Without the budget.
  private let seconds: ClosedRange<Double>
  private let budget: Double?
  private let runID: String?
  /// Starting and ending a trial's process, beside what it measures.
  private static let perTrial = 0.01

  init(plan: Plan, output: String) {
    let folder = RunFolder(path: "\(output)/\(plan.experiment)/latest")
    var times: [String: (sum: Double, count: Int)] = [:]
    if let columns = (try? TrialFile.read(folder.trials))?.columns {
      for (seconds, cell) in zip(columns.values(.measure(.observed)), columns.cellOfTrial) where !seconds.isNaN {
        let before = times[columns.cells[Int(cell)].id] ?? (0, 0)
        times[columns.cells[Int(cell)].id] = (before.sum + seconds, before.count + 1)
      }
    }
    let means = plan.cells.map { cell in times[cell.id].map { $0.sum / Double($0.count) } }
    known = means.count { $0 != nil }
    unknown = means.count - known
    let round = means.reduce(0) { $0 + ($1.map { $0 + Self.perTrial } ?? 0) }
    let (blocks, warmup) = (plan.settings.blocks, plan.settings.warmup)
    seconds = (Double(blocks.lowerBound + warmup) * round)...(Double(blocks.upperBound + warmup) * round)
    budget = plan.settings.budget
    runID = Files.linkTarget(folder.path)
  }

  var text: String {
    let limit = budget.map { "at most \(Humanize.limit($0)): the budget" }
    guard known > 0 else { return "time: \(limit ?? "unknown until the first block has run")" }
    let rest = unknown > 0 ? ", and \(Humanize.plural(unknown, "cell")) that it didn't have" : ""
    let source = "by the run \(runID ?? "before")\(rest)"
    let (least, most) = (Humanize.wait(seconds.lowerBound), Humanize.wait(seconds.upperBound))
    let about = least == most ? "about \(least), \(source)" : "about \(least) to \(most), \(source)"
    guard let limit, let budget, budget < seconds.upperBound else { return "time: \(about)" }
    return "time: \(limit); without it \(about)"
  }
}
