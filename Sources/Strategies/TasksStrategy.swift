package import Board
internal import EventLoop
package import Model
internal import OS
package import PluginKit

/// Swift tasks over several event loops, each on a thread of its own: overlap of waiting, and computing on several CPUs.
package struct TasksStrategy: Strategy {
  /// The name, the parameters and the help that files are checked against.
  package static let description = PluginDescription(
    .strategy, "tasks", summary: "Tasks that take turns on several event loops, a thread each.",
    parameters: [
      .maxWorkers(default: 100, help: "Most tasks in flight at once, over all threads."),
      ParameterSchema(
        "threads", .integer, default: .integer(Machine.cpuCount()), minimum: 1, maximum: 1000,
        help: "Threads, each with an event loop."),
      .chunkSize,
    ],
    parallelism: .threads(parameter: "threads"))

  private let maxWorkers: Int
  private let threadCount: Int

  /// Takes checked parameters.
  package init(_ values: ParameterValues) throws {
    maxWorkers = try values.integer(ParameterName.maxWorkers)
    threadCount = try values.integer("threads")
  }

  /// Gives each thread a loop and its share of the workers, and waits for all of them.
  package func run<W: Workload>(_ workload: W, on board: Board, in context: TrialContext) throws -> RunReport {
    let workers = board.workerCount(atMost: maxWorkers)
    let loops = try (0..<min(threadCount, workers)).map { _ in try EventLoop() }
    try onThreads(loops.count) { index in
      let own = Array(stride(from: index, to: workers, by: loops.count))
      try loops[index].run(workload, on: board, workers: own)
    }
    return RunReport(longestStall: loops.map(\.longestStall).max())
  }
}
