package import Board
package import Model
package import PluginKit

/// One task after the other, on the thread that asked.
package struct SyncStrategy: Strategy {
  /// The name, the parameters and the help that files are checked against.
  package static let description = PluginDescription(
    .strategy, "sync", summary: "One task after the other: what the others are compared with.",
    parallelism: .oneThread)

  /// Takes checked parameters.
  package init(_ values: ParameterValues) {}

  /// Does all tasks on the calling thread.
  package func run<W: Workload>(_ workload: W, on board: Board, in context: TrialContext) throws -> RunReport {
    try board.work(on: workload, as: Worker(index: 0))
    return RunReport()
  }
}
