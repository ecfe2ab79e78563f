internal import EventLoop
package import Model
internal import OS
package import PluginKit
internal import Time

/// Tasks that only wait, as a request to a distant server does.
package struct SleepWorkload: Workload {
  /// The name, the parameters and the help that files are checked against.
  package static let description = PluginDescription(
    .workload, "sleep", summary: "Tasks that only wait: I/O-bound work without the I/O.",
    parameters: [
      ParameterSchema(
        "tasks", .integer, default: .integer(160), minimum: 1, maximum: 10_000_000, help: "How many tasks."),
      ParameterSchema(
        "duration", .duration, default: .number(0.005), minimum: 0, maximum: 3600, help: "How long each task waits."),
    ],
    waitParameter: "duration")

  /// The number of tasks.
  package let taskCount: Int
  private let duration: Nanoseconds
  /// The checksum of a trial without failures.
  package var expectedChecksum: UInt64? { 0 }

  /// Takes checked parameters.
  package init(_ values: ParameterValues) throws {
    taskCount = try values.integer("tasks")
    duration = .seconds(try values.number("duration"))
  }

  /// Sleeps on the thread.
  package func perform(_ task: Int, in session: inout Void, by worker: Worker) -> TaskResult {
    worker.blocking { MonotonicClock.sleep(until: MonotonicClock.now() + duration) }
    return TaskResult()
  }

  /// Suspends the task.
  package func performAsync(_ task: Int, in session: inout Void, by worker: Worker) async -> TaskResult {
    guard let loop = worker.loop else { return perform(task, in: &session, by: worker) }
    await loop.sleep(until: MonotonicClock.now() + duration)
    return TaskResult()
  }
}
