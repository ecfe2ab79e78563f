internal import Model

/// What `--verbose` tells of a trial: a line for each task, as the tutorial's programs print them, and one for all.
struct TaskLines {
  /// What the tasks go through again and again; empty where they have no names.
  private let items: [String]
  private let isDownload: Bool

  init(_ cell: Cell, _ catalog: Catalog) {
    let urls = catalog.requestItems(of: cell)
    isDownload = urls != nil
    items = (urls ?? []).compactMap(\.string).map(HTTPURL.shown)
  }

  func text(_ tasks: [TaskRow], _ trial: Trial) -> String {
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
