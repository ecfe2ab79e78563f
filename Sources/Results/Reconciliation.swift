package import Model

/// The comparison of the embedded server's counts with those of its clients, for one cell.
package struct Reconciliation: Codable, Hashable, Sendable {
  /// The id of the cell.
  package var cellID: String
  /// The number of trials that are compared: those without a failed task.
  ///
  /// In other trials, one side may rightly count more than the other.
  package var trials = 0
  /// The number of requests.
  package var requests = Sides()
  /// The bytes of all bodies.
  package var bytes = Sides()
  /// The number of connections that the server accepted.
  package var connections = 0
  /// The largest number of requests in flight at once, over all trials.
  package var mostAtOnce = 0
  /// The largest number of workers of a trial; absent if the clients belong to an external program.
  package var workers: Int?
  /// The number of trials in which the two sides disagree.
  package var mismatches = 0
  /// The differences in the first of these trials; absent if there is none.
  package var mismatch: String?

  /// The counts of both sides.
  package struct Sides: Codable, Hashable, Sendable {
    /// The server's count.
    package var origin = 0
    /// The clients' count; absent if the clients belong to an external program.
    package var clients: Int?

    mutating func add(_ origin: Int, _ clients: Int?) {
      self.origin += origin
      self.clients = clients.map { (self.clients ?? 0) + $0 }
    }
  }

  /// Makes a comparison of no trials.
  package init(cellID: String) {
    self.cellID = cellID
  }

  /// Adds a trial without failed tasks to the comparison.
  ///
  /// - Parameters:
  ///   - report: the server's counts for the trial.
  ///   - trial: the trial with its clients' counts.
  ///   - isOurs: whether the trial's tasks are requests to the server, all of them.
  package mutating func add(_ report: OriginReport, _ trial: Trial, isOurs: Bool) {
    trials += 1
    requests.add(report.requests, isOurs ? trial.tasks : nil)
    bytes.add(report.bytes, isOurs ? trial.bytes : nil)
    connections += report.connections
    mostAtOnce = max(mostAtOnce, report.mostAtOnce)
    guard isOurs else { return }
    workers = max(workers ?? 0, trial.workers ?? 0)
    let problem = Self.mismatch(report, trial)
    if problem != nil { mismatches += 1 }
    mismatch = mismatch ?? problem
  }

  private static func mismatch(_ report: OriginReport, _ trial: Trial) -> String? {
    var problems: [String] = []
    if report.requests != trial.tasks {
      problems.append("\(report.requests) requests came in, \(trial.tasks ?? 0) were made")
    }
    if report.bytes != trial.bytes {
      problems.append("\(report.bytes) bytes were sent, \(trial.bytes ?? 0) were read")
    }
    if let workers = trial.workers, report.mostAtOnce > workers {
      problems.append("\(report.mostAtOnce) requests were in flight at once, and there were \(workers) workers")
    }
    return problems.isEmpty ? nil : "block \(trial.block), trial \(trial.trial): " + problems.joined(separator: "; ")
  }

  private enum CodingKeys: String, CodingKey {
    case cellID = "cell_id"
    case trials, requests, bytes, connections
    case mostAtOnce = "most_at_once"
    case workers, mismatches, mismatch
  }
}
