package import Model
internal import Time

/// The columns of a tasks.csv, and its rows.
package enum TaskTable {
  /// The names of all columns; times are seconds since t₀.
  package static let header = [
    "cell_id", "block", "attempt", "task", "worker", "due_s", "start_s", "end_s", "status", "failure", "bytes", "cpu_s",
    "trial",
  ]

  /// Returns the bytes of a trial's rows.
  package static func csv(_ tasks: [TaskRow], of trial: Trial) -> [UInt8] {
    var bytes: [UInt8] = []
    for task in tasks {
      bytes += CSV.line([
        trial.cellID, String(trial.block), String(trial.attempt), String(task.task), String(task.worker),
        seconds(task.due), seconds(task.start), seconds(task.end), task.status.rawValue, task.failure ?? "",
        String(task.bytes), seconds(task.cpu), String(trial.trial),
      ])
    }
    return bytes
  }

  /// Returns the rows of these trials in a file that may have others, or be damaged.
  static func rows(of trials: [Trial], in bytes: [UInt8]) -> [UInt8] {
    let known = Set(trials.map { [$0.cellID, String($0.block), String($0.attempt), String($0.trial)] })
    var rows: [UInt8] = []
    for row in CSVReader(bytes) where row.count == header.count && known.contains([row[0], row[1], row[2], row[12]]) {
      rows += CSV.line(row)
    }
    return rows
  }

  private static func seconds(_ time: Nanoseconds?) -> String {
    time.map { String(shortest: $0.seconds) } ?? ""
  }
}
