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
  /// The most workers of a trial.
  package var workers: Int?

  package struct Sides: Codable, Hashable, Sendable {
    package var origin = 0
    /// Missing where the clients are a program's.
    package var clients: Int?
  }

  package init(cellID: String) {
    self.cellID = cellID
  }

  /// - Parameter isOurs: whether the trial's tasks are requests to the server, all of them.
  package mutating func add(_ report: OriginReport, _ trial: Trial, isOurs: Bool) {
    trials += 1
    requests.origin += report.requests
    bytes.origin += report.bytes
    connections += report.connections
    mostAtOnce = max(mostAtOnce, report.mostAtOnce)
    guard isOurs else { return }
    requests.clients = (requests.clients ?? 0) + (trial.tasks ?? 0)
    bytes.clients = (bytes.clients ?? 0) + (trial.bytes ?? 0)
    workers = max(workers ?? 0, trial.workers ?? 0)
  }

  /// What doesn't fit; `nil` where all does.
  package var mismatch: String? {
    var problems: [String] = []
    if let clients = requests.clients, clients != requests.origin {
      problems.append("\(requests.origin) requests came in, \(clients) were made")
    }
    if let clients = bytes.clients, clients != bytes.origin {
      problems.append("\(bytes.origin) bytes were sent, \(clients) were read")
    }
    if let workers, mostAtOnce > workers {
      problems.append("\(mostAtOnce) requests were in flight at once, and there were \(workers) workers")
    }
    return problems.isEmpty ? nil : "\(cellID): the origin's counts differ: " + problems.joined(separator: "; ")
  }

  private enum CodingKeys: String, CodingKey {
    case cellID = "cell_id"
    case trials, requests, bytes, connections
    case mostAtOnce = "most_at_once"
    case workers
  }
}
