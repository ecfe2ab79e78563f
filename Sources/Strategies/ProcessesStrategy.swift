package import Board
package import Model
internal import OS
package import PluginKit
internal import SystemPackage

/// A pool of processes: each is started afresh, makes a session of its own, and takes tasks until none is left, from one
/// board in shared memory or by messages.
package struct ProcessesStrategy: Strategy {
  /// The name, the parameters and the help that files are checked against.
  package static let description = PluginDescription(
    .strategy, "processes", summary: "A pool of processes that share the tasks, and nothing else.",
    parameters: [
      .maxWorkers(default: Machine.cpuCount(), help: "Processes in the pool."), .chunkSize,
      ParameterSchema(
        "transport", .choice(Transport.allCases.map(\.rawValue)), default: .string(Transport.shared.rawValue),
        help:
          "How tasks and results come and go: shared memory, or messages over pipes, as pools of other languages have "
          + "it: a message for each chunk, given ahead of time, and one for each result."),
    ],
    parallelism: .threadPerWorker)

  private enum Transport: String, CaseIterable {
    case shared, pipe
  }

  private let maxWorkers: Int
  private let transport: Transport

  /// Takes checked parameters.
  package init(_ values: ParameterValues) throws {
    maxWorkers = try values.integer(ParameterName.maxWorkers)
    transport = values.optionalString("transport").flatMap(Transport.init) ?? .shared
  }

  /// Starts the processes, and gives them the tasks until all are done.
  package func run<W: Workload>(_ workload: W, on board: Board, in context: TrialContext) throws -> RunReport {
    let pool = WorkerPool(board, context)
    let count = board.workerCount(atMost: maxWorkers)
    let order = WorkOrder(context.workload).bytes
    var failure: SystemError?
    do throws(SystemError) {
      switch transport {
      case .shared: try Self.share(order, among: count, in: pool)
      case .pipe: try Self.send(order, to: count, in: pool, board)
      }
    } catch {
      failure = error
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

  private static func share(_ order: [UInt8], among count: Int, in pool: WorkerPool) throws(SystemError) {
    let file = try Descriptor.memory(named: "concrun-work")
    try file.write(order)
    let null = try Descriptor.null()
    for index in 0..<count {
      try pool.start([String(index)], standardInput: file, standardOutput: null)
    }
  }

  /// Returns when all has been done.
  private static func send(
    _ order: [UInt8], to count: Int, in pool: WorkerPool, _ board: Board
  ) throws(SystemError) {
    let pipes = try PipePool(board)
    for index in 0..<count {
      try pipes.add(index, order: order) { input, output throws(SystemError) in
        try pool.start([String(index), PipeWorker.argument], standardInput: input, standardOutput: output)
      }
    }
    try pipes.run()
  }
}

/// The first message to a worker process, on its standard input.
package struct WorkOrder: Sendable {
  /// The work that the process shares with others.
  package let work: WorkRequest

  init(_ work: WorkRequest) {
    self.work = work
  }

  var bytes: [UInt8] {
    Value.list([.string(work.workload), .map(work.parameters), .list(work.answers.map(OriginAnswer.value))]).bytes
  }

  /// - Returns: `nil` if these are not the bytes of a work order.
  package init?(bytes: [UInt8]) {
    guard let parts = Value(bytes: bytes)?.list, parts.count == 3, let name = parts[0].string,
      let parameters = parts[1].map, let answers = parts[2].list
    else { return nil }
    work = WorkRequest(name, parameters: parameters, answers: answers.map(OriginAnswer.init))
  }
}

/// Worker processes that are all waited for, whatever happens to some.
private final class WorkerPool {
  private var members: [Member] = []
  private let board: Board
  private let context: TrialContext

  var count: Int { members.count }

  init(_ board: Board, _ context: TrialContext) {
    self.board = board
    self.context = context
  }

  private final class Member {
    var process: ChildProcess
    init(_ process: consuming ChildProcess) {
      self.process = process
    }
  }

  func start(
    _ arguments: [String], standardInput: borrowing Descriptor, standardOutput: borrowing Descriptor
  ) throws(SystemError) {
    let errors = try Descriptor.duplicate(.standardError)
    let process = try ChildProcess(
      [context.executable, HiddenCommand.worker.rawValue] + arguments, environment: context.environment,
      standardInput: standardInput, standardOutput: standardOutput, standardError: errors, descriptor3: board.file)
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
