package import Model

/// What tasks.csv is made of.
package enum TaskTable {
  package static let header = [
    "cell_id", "block", "attempt", "task", "worker", "due_s", "start_s", "end_s", "status", "failure", "bytes", "cpu_s",
  ]

  /// The rows of a trial.
  package static func csv(_ tasks: [TaskRow], of trial: Trial) -> [UInt8] {
    var bytes: [UInt8] = []
    for task in tasks {
      bytes += CSV.line([
        trial.cellID, String(trial.block), String(trial.attempt), String(task.task), String(task.worker),
        seconds(task.due), seconds(task.start), seconds(task.end), task.status.rawValue, task.failure ?? "",
        String(task.bytes), seconds(task.cpu),
      ])
    }
    return bytes
  }

  private static func seconds(_ nanoseconds: Int?) -> String {
    nanoseconds.map { String(shortest: Double($0) / 1e9) } ?? ""
  }
}
