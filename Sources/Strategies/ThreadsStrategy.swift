package import Board
package import Model
package import PluginKit

/// A pool of OS threads, each with a session of its own, each blocking while its task waits.
package struct ThreadsStrategy: Strategy {
  package static let description = PluginDescription(
    .strategy, "threads", summary: "A pool of OS threads in one process.",
    parameters: [.maxWorkers(default: 5, help: "Threads in the pool."), .chunkSize],
    parallelism: .threadPerWorker)

  private let maxWorkers: Int

  package init(_ values: ParameterValues) throws {
    maxWorkers = try values.integer("max_workers")
  }

  package func run<W: Workload>(_ workload: W, on board: Board, in context: TrialContext) throws -> RunReport {
    try onThreads(board.workerCount(atMost: maxWorkers)) { index in
      try board.work(on: workload, as: Worker(index: index))
    }
    return RunReport()
  }
}
