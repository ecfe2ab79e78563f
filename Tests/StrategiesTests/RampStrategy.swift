package import Board
package import Model
internal import OS
package import PluginKit
internal import Time

/// A pool of threads that start one after the other, as that of a server does which grows only as it is used.
package struct RampStrategy: Strategy {
  package static let description = PluginDescription(
    .strategy, "ramp", summary: "Threads that start one after the other.",
    parameters: [
      .maxWorkers(default: 5, help: "Threads in the end."),
      ParameterSchema(
        "pause", .duration, default: .number(0.001), minimum: 0, maximum: 60, help: "Time between two starts."),
    ],
    parallelism: .threadPerWorker)

  private let maxWorkers: Int
  private let pause: Nanoseconds

  package init(_ values: ParameterValues) throws {
    maxWorkers = try values.integer("max_workers")
    pause = .seconds(try values.number("pause"))
  }

  package func run<W: Workload>(_ workload: W, on board: Board, in context: TrialContext) throws -> RunReport {
    let start = MonotonicClock.now()
    try onThreads(board.workerCount(atMost: maxWorkers)) { index in
      MonotonicClock.sleep(until: start + pause * index)
      try board.work(on: workload, as: Worker(index: index))
    }
    return RunReport()
  }
}
