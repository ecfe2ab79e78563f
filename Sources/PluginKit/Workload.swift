package import Board
package import Model

/// A kind of work: a number of tasks, each done once, by whichever worker takes it.
package protocol Workload: Sendable {
  /// What one worker needs for itself and must not share: opened when the worker starts, closed with it.
  associatedtype Session

  static var description: PluginDescription { get }

  /// - Throws: where the values can't work together; what a single parameter may be is in the description.
  init(_ values: ParameterValues) throws

  /// After `prepare()`.
  var taskCount: Int { get }

  /// The checksum that a trial without failures must have, where that is known beforehand.
  var expectedChecksum: UInt64? { get }

  /// Called once in each process that does this work: loads what takes time and isn't part of the work.
  func prepare() throws

  func openSession(for worker: Worker) throws -> Session

  /// Does a task, blocking the thread for as long as it takes. A thrown error is a failed task.
  func perform(_ task: Int, in session: inout Session, by worker: Worker) throws -> TaskResult

  /// Does a task on an event loop, giving control back while it waits.
  ///
  /// The default blocks the loop: that is what a client library does that knows nothing of event loops.
  func performAsync(_ task: Int, in session: inout Session, by worker: Worker) async throws -> TaskResult

  /// What this process counted, by the names of metrics; a trial has the sums over its processes.
  func counts() -> [String: Int]

  /// Its parameters as a program in another language needs them: nothing in them is left to this code to decide.
  ///
  /// - Throws: where only this code can do that.
  func portable(_ parameters: [String: Value]) throws -> [String: Value]

  /// The most bytes that one of the processes had resident which this one started for its tasks.
  var largestChild: Int? { get }

  /// What the tasks' records say beyond what is said of all workloads, by the names of metrics.
  func metrics(of tasks: UnsafeBufferPointer<TaskRecord>) -> [String: Double]
}

extension Workload {
  /// Nothing is known beforehand.
  package var expectedChecksum: UInt64? { nil }

  /// Has nothing to load.
  package func prepare() {}

  /// Counts nothing.
  package func counts() -> [String: Int] { [:] }

  /// Returns the parameters as they are.
  package func portable(_ parameters: [String: Value]) -> [String: Value] { parameters }

  /// Starts no processes.
  package var largestChild: Int? { nil }

  /// Has nothing to add.
  package func metrics(of tasks: UnsafeBufferPointer<TaskRecord>) -> [String: Double] { [:] }

  /// Blocks the loop while it does the task.
  package func performAsync(
    _ task: Int, in session: inout Session, by worker: Worker
  ) async throws -> TaskResult {
    try perform(task, in: &session, by: worker)
  }
}

extension Workload where Session == Void {
  /// Opens nothing.
  package func openSession(for worker: Worker) {}
}

/// What a task came to.
package struct TaskResult: Sendable {
  /// The bytes that the task transferred.
  package var bytes: Int
  /// Part of the trial's checksum, which is the same under every strategy.
  package var value: UInt64
  /// What is handed over with it, where results have a size.
  package var payload: [UInt8]

  /// Makes a result; by default an empty one.
  package init(bytes: Int = 0, value: UInt64 = 0, payload: [UInt8] = []) {
    self.bytes = bytes
    self.value = value
    self.payload = payload
  }
}
