import Board
import EventLoop
import Model
import OS
import PluginKit
import SystemPackage

/// Values of parameters, completed by their defaults.
func completed(_ plugin: PluginDescription, _ values: [String: Value]) -> ParameterValues {
  let defaults = plugin.parameters.compactMap { schema in schema.defaultValue.map { (schema.name, $0) } }
  return ParameterValues(Dictionary(defaults, uniquingKeysWith: { $1 }).merging(values) { $1 })
}

/// A board that workers of a test have emptied, and the trial's metrics.
struct Trial {
  let board: Board
  private let file: Descriptor.Box
  let metrics: [String: Double]

  /// Has so many threads do the work; none: as many tasks of an event loop as there are tasks.
  init<W: Workload>(_ workload: W, threads: Int, lock: InterpreterLock? = nil) throws {
    file = Descriptor.Box(try Descriptor.memory(named: "test"))
    let board = try Board.create(in: file.file, taskCount: workload.taskCount)
    board.origin = MonotonicClock.now()
    let workers = try (0..<threads).map { index in
      try OSThread.spawn {
        let worker = Worker(index: index, lock: lock)
        if let lock {
          try? lock.holding { try board.work(on: workload, as: worker) }
        } else {
          try? board.work(on: workload, as: worker)
        }
      }
    }
    for worker in workers {
      worker.join()
    }
    if threads == 0 { try Self.loop(workload, board) }
    board.addCounts(of: workload)
    metrics = board.metrics(of: workload)
    self.board = board
  }

  private static func loop<W: Workload>(_ workload: W, _ board: Board) throws {
    let loop = try EventLoop()
    Task(executorPreference: loop) {
      await withTaskGroup(of: Void.self) { group in
        for index in 0..<workload.taskCount {
          group.addTask { try? await board.workAsync(on: workload, as: Worker(index: index, loop: loop)) }
        }
      }
      loop.stop()
    }
    loop.run()
  }

  var totals: BoardTotals { BoardTotals(board.all) }
}

extension Descriptor {
  /// Keeps a file open.
  final class Box {
    private let descriptor: Descriptor
    var file: FileDescriptor { descriptor.file }

    init(_ descriptor: consuming Descriptor) {
      self.descriptor = descriptor
    }
  }
}
