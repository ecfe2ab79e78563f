package import Model

/// The report on a trial with `--verbose`: a line for each task, as the tutorial's programs print it, and one for all.
package struct TrialReport {
  /// The items that tasks go through again and again; empty if they have no names.
  private let items: [String]
  private let isDownload: Bool

  /// Takes the items of a cell.
  package init(_ cell: Cell) {
    let urls = cell.requestItems
    isDownload = urls != nil
    items = (urls ?? []).compactMap(\.string).map(HTTPURL.shown)
  }

  /// Returns a report for each cell of a plan, by the cells' ids.
  package static func all(of plan: Plan) -> [String: TrialReport] {
    Dictionary(plan.cells.map { ($0.id, TrialReport($0)) }, uniquingKeysWith: { first, _ in first })
  }

  /// Returns the lines of a trial.
  ///
  /// - Parameter tasks: those of the trial, in their order.
  package func text(_ tasks: [TaskRow], of trial: Trial) -> String {
    var lines = tasks.map(line)
    if let wall = trial.measures[.wall], let ok = trial.tasksOK {
      let verb = isDownload ? "Downloaded" : "Did"
      lines.append("\(verb) \(ok) in \(String(shortest: (wall * 1e6).rounded() / 1e6)) seconds (\(trial.cellID))")
    }
    return lines.map { "\($0)\n" }.joined()
  }

  private func line(_ task: TaskRow) -> String {
    let name = items.isEmpty ? "task \(task.task)" : items[task.task % items.count]
    switch (task.status, isDownload) {
    case (.ok, true): return "Read \(task.bytes) from \(name)"
    case (.ok, false): return "Did \(name)"
    case (.failed, _), (.timeout, _): return "Failed: \(name): \(task.failure ?? task.status.rawValue)"
    }
  }
}
