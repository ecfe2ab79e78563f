package import Model

/// What the embedded server counted in the trials of a cell, beside what the clients did.
package struct Reconciliation: Codable, Hashable, Sendable {
  package var cellID: String
  /// Trials that are counted here: those without a failed task. Of others, one side may rightly know more.
  package var trials = 0
  package var requests = Sides()
  /// Of bodies.
  package var bytes = Sides()
  /// That the server accepted.
  package var connections = 0
  /// The largest of all trials: requests in flight at once.
  package var mostAtOnce = 0
  /// The most workers of a trial; missing where the clients are a program's.
  package var workers: Int?
  /// Trials in which the two didn't agree.
  package var mismatches = 0
  /// What didn't fit in the first of them.
  package var mismatch: String?

  package struct Sides: Codable, Hashable, Sendable {
    package var origin = 0
    /// Missing where the clients are a program's.
    package var clients: Int?

    mutating func add(_ origin: Int, _ clients: Int?) {
      self.origin += origin
      self.clients = clients.map { (self.clients ?? 0) + $0 }
    }
  }

  package init(cellID: String) {
    self.cellID = cellID
  }

  /// - Parameter isOurs: whether the trial's tasks are requests to the server, all of them.
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
