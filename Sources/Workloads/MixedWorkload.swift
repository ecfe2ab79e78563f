package import Board
internal import EventLoop
package import Model
internal import OS
package import PluginKit
internal import Time

/// The starvation case: tasks that wait for a moment, and among them some that compute and may not give control back.
package struct MixedWorkload: Workload {
  /// The name, the parameters and the help that files are checked against.
  package static let description = PluginDescription(
    .workload, "mixed", summary: "Tasks that wait, and among them some that compute: who starves whom.",
    parameters: [
      ParameterSchema(
        "tasks", .integer, default: .integer(100), minimum: 1, maximum: 10_000_000,
        help: "How many tasks, of both kinds."),
      ParameterSchema(
        "computing", .integer, default: .integer(5), minimum: 0, maximum: 10_000_000,
        help: "How many of them compute: the first, and then others as far apart from one another as they can be."),
      ParameterSchema(
        "duration", .duration, default: .number(0.005), minimum: 0, maximum: 3600,
        help: "How long each of the others waits."),
      ParameterSchema(
        "number", .integer, default: .integer(5_000_000), minimum: 0, maximum: 1e12,
        help: "A computing task sums up i² for i below it."),
      ParameterSchema(
        "cooperative", .boolean, default: .boolean(true),
        help: "Whether a computing task gives control back to its event loop every \(quantum) steps; false shows what "
          + "that costs the others."),
    ], metrics: [Metric.p50, Metric.max])

  /// Of the waiting tasks.
  private enum Metric {
    static let p50: PluginDescription.Metric = "waiting_task_p50_s"
    static let max: PluginDescription.Metric = "waiting_task_max_s"
  }

  /// Steps, some 40 µs.
  private static let quantum: UInt64 = 65_536

  /// The number of tasks.
  package let taskCount: Int
  private let computing: Int
  private let duration: Nanoseconds
  private let number: UInt64
  private let isCooperative: Bool

  /// Takes checked parameters.
  package init(_ values: ParameterValues) throws {
    taskCount = try values.integer("tasks")
    computing = try values.integer("computing")
    guard computing <= taskCount else {
      throw ParameterError(name: "computing", problem: "there are only \(taskCount) tasks")
    }
    duration = .seconds(try values.number("duration"))
    number = UInt64(try values.integer("number"))
    isCooperative = try values.boolean("cooperative")
  }

  private func computes(_ task: Int) -> Bool { task * computing % taskCount < computing }

  /// Waits or computes, and blocks the thread.
  package func perform(_ task: Int, in session: inout Void, by worker: Worker) -> TaskResult {
    guard computes(task) else {
      worker.blocking { MonotonicClock.sleep(until: MonotonicClock.now() + duration) }
      return TaskResult()
    }
    return result(SumOfSquares.sum(below: number, by: worker))
  }

  /// Waits or computes, and gives the loop back where that is wanted.
  package func performAsync(_ task: Int, in session: inout Void, by worker: Worker) async -> TaskResult {
    guard let loop = worker.loop, isCooperative || !computes(task) else {
      return perform(task, in: &session, by: worker)
    }
    guard computes(task) else {
      await loop.sleep(until: MonotonicClock.now() + duration)
      return TaskResult()
    }
    var squares = SumOfSquares(below: number)
    while squares.advance(by: Self.quantum, by: worker) {
      // A wait that is over at once: what is ready runs first.
      await loop.sleep(until: MonotonicClock.now())
    }
    return result(squares.sum)
  }

  private func result(_ sum: UInt128) -> TaskResult { TaskResult(value: UInt64(truncatingIfNeeded: sum)) }

  /// The sum that the formula gives for the computing tasks.
  package var expectedChecksum: UInt64? {
    let value = UInt64(truncatingIfNeeded: SumOfSquares.formula(below: number))
    return (0..<taskCount).reduce(into: UInt64(0)) { checksum, task in
      if computes(task) { checksum &+= UInt64(task + 1) &* value }
    }
  }

  /// Returns the median and the largest time of the waiting tasks.
  package func metrics(of tasks: UnsafeBufferPointer<TaskRecord>) -> [String: Double] {
    let times = tasks.enumerated().filter { !computes($0.offset) && $0.element.outcome == .ok }
      .map(\.element.serviceTime).sorted()
    guard let longest = times.last else { return [:] }
    let middle = (times[(times.count - 1) / 2] + times[times.count / 2]).seconds / 2
    return [Metric.p50.name: middle, Metric.max.name: longest.seconds]
  }
}
