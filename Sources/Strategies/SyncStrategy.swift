package import Board
package import Model
package import PluginKit

/// One task after the other, on the thread that asked.
package struct SyncStrategy: Strategy {
  package static let description = PluginDescription(
    .strategy, "sync", summary: "One task after the other: what the others are compared with.",
    parallelism: .oneThread)

  package init(_ values: ParameterValues) {}

  package func run<W: Workload>(_ workload: W, on board: Board, in context: TrialContext) throws -> RunReport {
    try board.work(on: workload, as: Worker(index: 0))
    return RunReport()
  }
}
