package import Time

/// One task of a trial: a row of tasks.csv.
///
/// Moments are measured from t₀. Unknown values are `nil`.
package struct TaskRow: Hashable, Sendable {
  /// The task's index, from 0.
  package var task: Int
  /// The index of the worker that ran the task, from 0.
  package var worker: Int
  /// The moment when the task became due; `nil` without an arrival schedule.
  package var due: Nanoseconds?
  /// The moment when a worker began the task.
  package var start: Nanoseconds
  /// The moment when the task ended; `nil` if it was still running.
  package var end: Nanoseconds?
  /// The outcome of the task.
  package var status: TaskOutcome
  /// The class of the failure; `nil` if the task didn't fail.
  package var failure: String?
  /// The number of bytes that the task's workload counts, such as the size of a download.
  package var bytes: Int
  /// The CPU time that the task used; `nil` if it wasn't measured.
  package var cpu: Nanoseconds?

  /// Makes a row, by default without a due time, a failure and a CPU time.
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
