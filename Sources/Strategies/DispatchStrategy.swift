package import Board
internal import Dispatch
package import Model
package import PluginKit

/// Serial queues of libdispatch, each with one block that is a worker. One concurrent queue wouldn't do: it runs about as
/// many blocks as there are CPUs, and looks only now and then whether they are blocked.
package struct DispatchStrategy: Strategy {
  /// The name, the parameters and the help that files are checked against.
  package static let description = PluginDescription(
    .strategy, "dispatch", summary: "Serial queues of libdispatch, which finds the threads for them.",
    parameters: [
      ParameterSchema(
        ParameterName.maxWorkers, .integer, default: .integer(5), minimum: 1, maximum: Double(mostThreads),
        help: "Queues, each with a worker; libdispatch has at most \(mostThreads) threads for them."),
      .chunkSize,
    ],
    parallelism: .threadPerWorker)

  /// DISPATCH_WORKQ_MAX_PTHREAD_COUNT of libdispatch.
  private static let mostThreads = 255

  private let maxWorkers: Int

  /// Takes checked parameters.
  package init(_ values: ParameterValues) throws {
    maxWorkers = try values.integer(ParameterName.maxWorkers)
  }

  /// Gives each worker a queue, and waits for all of them.
  package func run<W: Workload>(_ workload: W, on board: Board, in context: TrialContext) throws -> RunReport {
    let first = FirstError()
    let group = DispatchGroup()
    for index in 0..<board.workerCount(atMost: maxWorkers) {
      DispatchQueue(label: "concrun.worker.\(index)").async(group: group) {
        do {
          try board.work(on: workload, as: Worker(index: index))
        } catch {
          first.keep(error)
        }
      }
    }
    group.wait()
    try first.rethrow()
    return RunReport()
  }
}
