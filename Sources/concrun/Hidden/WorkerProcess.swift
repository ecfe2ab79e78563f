internal import Board
internal import OS
internal import PluginKit
internal import Strategies

/// The process `concrun __worker INDEX`: one process of the pool of `processes`. Its standard input has its work order.
enum WorkerProcess {
  static func main(_ arguments: [String]) -> Never {
    do {
      let index = arguments.count > 2 ? Int(arguments[2]) ?? 0 : 0
      let board = try Board.open(Board.descriptor)
      board.countOwnPauses()
      let isPiped = arguments.last == PipeWorker.argument
      let pipe = isPiped ? try PipeWorker(index: index) : nil
      guard let order = try WorkOrder(bytes: pipe?.order() ?? ThisProcess.standardInputFile()) else {
        throw StrategyError("there is no work order; workers are started by `processes`")
      }
      guard let type = BuiltIn.workload(order.work.workload) else {
        throw StrategyError("there is no workload '\(order.work.workload)'")
      }
      try work(on: type.init(order.work.values), board: board, as: index, over: pipe)
      if let peak = peakResidentBytes() { board.reportPeakRSS(peak) }
      ThisProcess.exit(0)
    } catch {
      try? Board.open(Board.descriptor).leaveNote("\(error)")
      Console.error("worker: \(error)")
      ThisProcess.exit(1)
    }
  }

  private static func work(
    on workload: some Workload, board: Board, as index: Int, over pipe: PipeWorker?
  ) throws {
    try workload.prepare()
    if let pipe {
      try pipe.work(on: workload, board)
    } else {
      try board.work(on: workload, as: Worker(index: index))
    }
    board.addCounts(of: workload)
  }
}
