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
  /// The bytes of the bodies of requests; absent if the cell's requests have none.
  package var received: Sides?
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
  ///   - bodyBytes: the size of each request's body, 0 if the requests have none; `nil` if it isn't known.
  package mutating func add(_ report: OriginReport, _ trial: Trial, isOurs: Bool, bodyBytes: Int? = 0) {
    trials += 1
    requests.add(report.requests, isOurs ? trial.tasks : nil)
    bytes.add(report.bytes, isOurs ? trial.bytes : nil)
    let sent = isOurs ? bodyBytes.map { $0 * (trial.tasks ?? 0) } : nil
    if sent ?? 0 > 0 || report.received > 0 {
      var both = received ?? Sides()
      both.add(report.received, sent)
      received = both
    }
    connections += report.connections
    mostAtOnce = max(mostAtOnce, report.mostAtOnce)
    guard isOurs else { return }
    workers = max(workers ?? 0, trial.workers ?? 0)
    let problem = Self.mismatch(report, trial, sent: sent)
    if problem != nil { mismatches += 1 }
    mismatch = mismatch ?? problem
  }

  /// - Parameter sent: the bytes of the bodies of the trial's requests; `nil` if they aren't known.
  private static func mismatch(_ report: OriginReport, _ trial: Trial, sent: Int?) -> String? {
    var problems: [String] = []
    if report.requests != trial.tasks {
      problems.append("\(report.requests) requests came in, \(trial.tasks ?? 0) were made")
    }
    if report.bytes != trial.bytes {
      problems.append("\(report.bytes) bytes were sent, \(trial.bytes ?? 0) were read")
    }
    if let sent, report.received != sent {
      problems.append("\(report.received) bytes came in with requests, \(sent) were sent with them")
    }
    if let workers = trial.workers, report.mostAtOnce > workers {
      problems.append("\(report.mostAtOnce) requests were in flight at once, and there were \(workers) workers")
    }
    return problems.isEmpty ? nil : "block \(trial.block), trial \(trial.trial): " + problems.joined(separator: "; ")
  }

  private enum CodingKeys: String, CodingKey {
    case cellID = "cell_id"
    case trials, requests, bytes, received, connections
    case mostAtOnce = "most_at_once"
    case workers, mismatches, mismatch
  }
}
