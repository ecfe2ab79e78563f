internal import Board
internal import OS
internal import PluginKit
internal import Strategies

/// `concrun __worker INDEX`: one process of the pool of `processes`. Its work order is its standard input.
enum WorkerProcess {
  static func main(_ arguments: [String]) -> Never {
    do {
      let index = arguments.count > 2 ? Int(arguments[2]) ?? 0 : 0
      let board = try Board.open(Board.descriptor)
      guard let order = WorkOrder(bytes: try ThisProcess.standardInputFile()) else {
        throw StrategyError("there is no work order; workers are started by `processes`")
      }
      guard let type = BuiltIn.workload(order.plugin) else {
        throw StrategyError("there is no workload '\(order.plugin)'")
      }
      try work(type.init(ParameterValues(order.parameters)), board, index)
      if let peak = peakResidentBytes() { board.reportPeakRSS(peak) }
      ThisProcess.exit(0)
    } catch {
      Console.error("worker: \(error)")
      ThisProcess.exit(1)
    }
  }

  private static func work(_ workload: some Workload, _ board: Board, _ index: Int) throws {
    try workload.prepare()
    try board.work(on: workload, as: Worker(index: index))
    board.addCounts(of: workload)
  }
}
