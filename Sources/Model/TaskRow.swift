/// One task of a trial: a row of tasks.csv. Times are nanoseconds since t₀; what isn't known is missing.
package struct TaskRow: Hashable, Sendable {
  package enum Status: String, Hashable, Sendable {
    case ok, failed, timeout
  }

  package var task: Int
  package var worker: Int
  package var due: Int?
  package var start: Int
  package var end: Int?
  package var status: Status
  /// Its class.
  package var failure: String?
  package var bytes: Int
  package var cpu: Int?

  package init(
    task: Int, worker: Int, due: Int? = nil, start: Int, end: Int?, status: Status, failure: String? = nil, bytes: Int,
    cpu: Int? = nil
  ) {
    self.task = task
    self.worker = worker
    self.due = due
    self.start = start
    self.end = end
    self.status = status
    self.failure = failure
    self.bytes = bytes
    self.cpu = cpu
  }
}
