internal import Model
internal import OS
internal import Results

/// How long a run may take, by the latest run of the same experiment.
struct Forecast {
  private let known: Int
  private let unknown: Int
  private let seconds: Double
  private let runID: String?
  /// Starting and ending a trial's process, beside what it measures.
  private static let perTrial = 0.01

  init(plan: Plan, output: String) {
    let folder = RunFolder(path: "\(output)/\(plan.experiment)/latest")
    let bytes = (try? TextFile.bytes(folder.trials, limit: 1 << 30)) ?? []
    let earlier = (try? TrialTable.read(bytes, path: folder.trials))?.trials ?? []
    var times: [String: (sum: Double, count: Int)] = [:]
    for trial in earlier {
      guard let seconds = trial.measures[.observed] else { continue }
      let before = times[trial.cellID] ?? (0, 0)
      times[trial.cellID] = (before.sum + seconds, before.count + 1)
    }
    let each = Double(plan.settings.trials + plan.settings.warmup)
    let means = plan.cells.map { cell in times[cell.id].map { $0.sum / Double($0.count) } }
    known = means.count { $0 != nil }
    unknown = means.count - known
    seconds = means.reduce(0) { $0 + ($1.map { ($0 + Self.perTrial) * each } ?? 0) }
    runID = Files.linkTarget(folder.path)
  }

  var text: String {
    guard known > 0 else { return "time: unknown until the first block has run" }
    let rest = unknown > 0 ? ", and \(Humanize.plural(unknown, "cell")) that it didn't have" : ""
    return "time: about \(Humanize.wait(seconds)), by the run \(runID ?? "before")\(rest)"
  }
}
