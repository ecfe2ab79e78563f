package import Board
internal import OS
package import PluginKit
internal import SystemPackage

/// The worker's end of `transport: pipe`: tasks come by its standard input, results go by its standard output.
package final class PipeWorker {
  /// Tells a worker process that it has pipes.
  package static let argument = "pipe"

  private let worker: Worker
  private let output: Descriptor

  /// Takes the standard output for results.
  package init(index: Int) throws {
    worker = Worker(index: index)
    output = try ThisProcess.claimStandardOutput()
  }

  /// The work order's bytes, which come first.
  package func order() throws -> [UInt8] {
    guard let length = try read(PipePool.orderLengthSize) else { throw StrategyError("there is no work order") }
    return try read(PipePool.orderLength(length)) ?? []
  }

  /// Does what it is given until there is no more to come.
  package func work<W: Workload>(on workload: W, _ board: Board) throws {
    let worker = worker.recording(on: board)
    var session = try workload.openSession(for: worker)
    while let assignment = try read(PipeMessage.assignmentSize) {
      for task in PipeMessage.tasks(of: assignment) {
        let outcome = board.attempt(task, of: workload, in: &session, by: worker)
        try output.write(PipeMessage.result(of: task, outcome))
      }
    }
  }

  /// Exactly so many bytes; `nil` at the end.
  private func read(_ count: Int) throws -> [UInt8]? {
    var bytes: [UInt8] = []
    while bytes.count < count {
      guard let more = try FileDescriptor.standardInput.readSome(limit: count - bytes.count), !more.isEmpty else {
        return nil
      }
      bytes += more
    }
    return bytes
  }
}
