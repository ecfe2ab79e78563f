package import Board
package import Model
internal import OS
package import PluginKit
internal import SystemPackage

/// A pool of processes on one board in shared memory: each is started afresh, makes a session of its own, and takes
/// tasks until none is left.
package struct ProcessesStrategy: Strategy {
  package static let description = PluginDescription(
    .strategy, "processes", summary: "A pool of processes that share the tasks, and nothing else.",
    parameters: [.maxWorkers(default: Machine.cpuCount(), help: "Processes in the pool."), .chunkSize],
    parallelism: .threadPerWorker)

  private let maxWorkers: Int

  package init(_ values: ParameterValues) throws {
    maxWorkers = try values.integer("max_workers")
  }

  package func run<W: Workload>(_ workload: W, on board: Board, in context: TrialContext) throws -> RunReport {
    let order = try Descriptor.memory(named: "concrun-work")
    try order.write(WorkOrder(context.workload).bytes)
    let null = try Descriptor.null()
    let errors = try Descriptor.duplicate(.standardError)

    let count = board.workerCount(atMost: maxWorkers)
    let pool = WorkerPool()
    var failure: SystemError?
    for index in 0..<count {
      do throws(SystemError) {
        try pool.start(
          [context.executable, WorkOrder.hiddenCommand, String(index)], environment: context.environment,
          standardInput: order, standardOutput: null, standardError: errors, board: board)
      } catch {
        failure = error
        break
      }
    }
    let deaths = try pool.wait()
    if let failure {
      throw StrategyError("only \(pool.count) of \(count) worker processes: \(failure)")
    }
    if let death = deaths.first {
      // Who exits by itself leaves a note; who was killed couldn't.
      let said = if case .exited = death.reason { board.note.map { ": \($0)" } ?? "" } else { "" }
      throw StrategyError("worker process \(death.index): \(death.reason)\(said)")
    }
    return RunReport()
  }
}

/// What a worker process reads first, from its standard input.
package struct WorkOrder: Sendable {
  package static let hiddenCommand = "__worker"

  package var plugin: String
  package var parameters: [String: Value]

  init(_ workload: ResolvedPlugin) {
    plugin = workload.plugin
    parameters = workload.parameters
  }

  var bytes: [UInt8] { Value.list([.string(plugin), .map(parameters)]).bytes }

  /// - Returns: `nil` if these are not the bytes of a work order.
  package init?(bytes: [UInt8]) {
    guard let parts = Value(bytes: bytes)?.list, parts.count == 2, let plugin = parts[0].string,
      let parameters = parts[1].map
    else { return nil }
    self.plugin = plugin
    self.parameters = parameters
  }
}

/// Worker processes that are all waited for, whatever happens to some.
private final class WorkerPool {
  private var members: [Member] = []
  var count: Int { members.count }

  private final class Member {
    var process: ChildProcess
    init(_ process: consuming ChildProcess) {
      self.process = process
    }
  }

  func start(
    _ arguments: [String], environment: [String], standardInput: borrowing Descriptor,
    standardOutput: borrowing Descriptor, standardError: borrowing Descriptor, board: Board
  ) throws(SystemError) {
    let process = try ChildProcess(
      arguments, environment: environment, standardInput: standardInput, standardOutput: standardOutput,
      standardError: standardError, descriptor3: board.file, ownGroup: false)
    members.append(Member(process))
  }

  /// Those that didn't end well.
  func wait() throws(SystemError) -> [(index: Int, reason: ExitReason)] {
    var deaths: [(index: Int, reason: ExitReason)] = []
    for (index, member) in members.enumerated() {
      let reason = try member.process.wait().reason
      if !reason.isSuccess { deaths.append((index, reason)) }
    }
    return deaths
  }
}
