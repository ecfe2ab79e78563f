package import Board
internal import EventLoop
package import Model
package import PluginKit

/// Many Swift tasks on one thread and one event loop; each suspends while it waits, and the loop waits for all of them.
package struct AsyncStrategy: Strategy {
  /// The name, the parameters and the help that files are checked against.
  package static let description = PluginDescription(
    .strategy, "async", summary: "Tasks that take turns on one event loop, in one thread.",
    parameters: [
      .maxWorkers(default: 100, help: "Most tasks in flight at once."), .chunkSize,
    ],
    parallelism: .oneThread)

  private let maxWorkers: Int

  /// Takes checked parameters.
  package init(_ values: ParameterValues) throws {
    maxWorkers = try values.integer(ParameterName.maxWorkers)
  }

  /// Runs one loop on the calling thread until the board is empty.
  package func run<W: Workload>(_ workload: W, on board: Board, in context: TrialContext) throws -> RunReport {
    let loop = try EventLoop()
    try loop.run(workload, on: board, workers: Array(0..<board.workerCount(atMost: maxWorkers)))
    return RunReport(longestStall: loop.longestStall)
  }
}

extension EventLoop {
  /// Runs workers as tasks of this loop, on the calling thread, until the board is empty.
  func run<W: Workload>(_ workload: W, on board: Board, workers: [Int]) throws {
    let first = FirstError()
    Task(executorPreference: self) {
      await withTaskGroup(of: Void.self) { group in
        for index in workers {
          let worker = Worker(index: index, loop: self).recording(on: board)
          group.addTask(executorPreference: worker.lane ?? self) {
            do {
              try await board.workAsync(on: workload, as: worker)
            } catch {
              first.keep(error)
            }
          }
        }
      }
      self.stop()
    }
    run()
    detachAll()
    try first.rethrow()
  }
}
