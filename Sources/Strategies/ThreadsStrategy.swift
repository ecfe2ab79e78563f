package import Board
package import Model
internal import OS
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
    var threads: [OSThread] = []
    var failure: SystemError?
    for index in 0..<board.workerCount(atMost: maxWorkers) {
      do throws(SystemError) {
        threads.append(
          try OSThread.spawn {
            do {
              try board.work(on: workload, as: Worker(index: index))
            } catch {
              board.leaveNote("thread \(index): \(error)")
            }
          })
      } catch {
        failure = error
        break
      }
    }
    for thread in threads {
      thread.join()
    }
    if let failure {
      throw StrategyError("only \(threads.count) of \(board.workerCount(atMost: maxWorkers)) threads: \(failure)")
    }
    return RunReport()
  }
}
