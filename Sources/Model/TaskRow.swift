package import Time

/// One task of a trial: a row of tasks.csv. Moments are times since t₀; unknown values are missing.
package struct TaskRow: Hashable, Sendable {
  package var task: Int
  package var worker: Int
  package var due: Nanoseconds?
  package var start: Nanoseconds
  package var end: Nanoseconds?
  package var status: TaskOutcome
  /// Its class.
  package var failure: String?
  package var bytes: Int
  package var cpu: Nanoseconds?

  package init(
    task: Int, worker: Int, due: Nanoseconds? = nil, start: Nanoseconds, end: Nanoseconds?, status: TaskOutcome,
    failure: String? = nil, bytes: Int, cpu: Nanoseconds? = nil
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
