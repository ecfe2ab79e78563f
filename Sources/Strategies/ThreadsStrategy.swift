package import Board
package import Model
package import PluginKit

/// A pool of OS threads, each with a session of its own, each blocking while its task waits.
package struct ThreadsStrategy: Strategy {
  /// The name, the parameters and the help that files are checked against.
  package static let description = PluginDescription(
    .strategy, "threads", summary: "A pool of OS threads in one process.",
    parameters: [.maxWorkers(default: 5, help: "Threads in the pool."), .chunkSize, InterpreterLock.parameter],
    metrics: [PluginDescription.Metric("lock_switches", ifSet: InterpreterLock.parameter.name)],
    parallelism: .threadPerWorker)

  private let maxWorkers: Int
  private let lockSetting: Value?

  /// Takes checked parameters.
  package init(_ values: ParameterValues) throws {
    maxWorkers = try values.integer(ParameterName.maxWorkers)
    lockSetting = values.all[InterpreterLock.parameter.name]
  }

  /// Starts a thread for each worker, and waits for all of them.
  package func run<W: Workload>(_ workload: W, on board: Board, in context: TrialContext) throws -> RunReport {
    let lock = InterpreterLock(lockSetting)
    try onThreads(board.workerCount(atMost: maxWorkers)) { index in
      let worker = Worker(index: index, lock: lock)
      guard let lock else { return try board.work(on: workload, as: worker) }
      try lock.holding { try board.work(on: workload, as: worker) }
    }
    return RunReport(metrics: lock.map { ["lock_switches": Double($0.switches)] } ?? [:])
  }
}
