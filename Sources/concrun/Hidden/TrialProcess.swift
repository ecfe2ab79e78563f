internal import Board
internal import Conversation
internal import ExternalPlugins
internal import Model
internal import OS
internal import PluginKit
internal import SystemPackage
internal import Time

/// The process `concrun __trial`: one trial of a built-in strategy, in the conversation that external plugins speak.
enum TrialProcess {
  static func main() -> Never {
    do {
      let output = try ThisProcess.claimStandardOutput()
      var ending: OSThread?
      do {
        try serve(output, &ending)
      } catch {
        let hasCrashed = (error as? HostedPluginError)?.isCrash == true ? true : nil
        try output.write(PluginMessage.error(Complaint("\(error)", crashed: hasCrashed)).line())
      }
      // If this process ended first, processes that the trial left running would become the runner's.
      ending?.join()
      ThisProcess.exit(0)
    } catch {
      Console.error("trial: \(error)")
      ThisProcess.exit(ExitStatus.bug)
    }
  }

  /// Answers the runner's messages.
  ///
  /// - Parameter ending: the thread that ends the process when the runner has hung up. It is set as soon as there is
  ///   something to clean up.
  private static func serve(_ output: borrowing Descriptor, _ ending: inout OSThread?) throws {
    var messages = MessageSource()
    guard case .prepare(let preparation) = try messages.next() else { throw ConversationError.ended(before: "prepare") }
    if let program = preparation.program {
      return try ExternalHost(program: program)
        .serve(preparation, to: output, from: &messages, ending: &ending)
    }
    (ending, messages.file) = try ThisProcess.endWithStandardInput()
    guard let strategyType = BuiltIn.strategy(preparation.strategy) else {
      throw StrategyError("there is no strategy '\(preparation.strategy)'")
    }
    let strategy = try strategyType.init(ParameterValues(preparation.parameters))
    let request = Self.request(of: preparation)
    let workload = try Self.workload(of: preparation)
    let context = TrialContext(
      executable: ThisProcess.executable, workload: request, environment: ThisProcess.environmentTexts)
    try workload.prepare()
    let board = try Board.create(
      in: Board.descriptor, taskCount: workload.taskCount,
      chunkSize: preparation.parameters[ParameterName.chunkSize]?.integer ?? 1,
      markCapacity: preparation.recordTasks == true
        ? Board.markCapacity(
          forTasks: workload.taskCount, workers: preparation.parameters[ParameterName.maxWorkers]?.integer ?? 1) : 0)
    preparation.arrivals.map { board.schedule($0.schedule(board.taskCount)) }
    board.rateInterval = preparation.maxRate.map { Nanoseconds(truncating: Nanoseconds.perSecond / $0) } ?? .zero
    board.measuresCPU = preparation.recordTasks ?? false
    // A program would inherit these settings. It is measured as it runs elsewhere.
    if strategyType.description.needsWorkload {
      setPreciseTimers()
      ThisProcess.raiseOpenFileLimit()
    }
    try warmUp(strategy, on: workload, in: context, tasks: preparation.warmupTasks ?? 0, like: board)
    try output.write(PluginMessage.ready.line())
    guard case .run = try messages.next() else { throw ConversationError.ended(before: "run") }
    let done = try run(
      strategy, doing: workload, on: board, in: context, countsOwnUsage: strategyType.description.needsWorkload)
    try output.write(PluginMessage.done(done).line())
  }

  static func workload(of preparation: Preparation) throws -> any Workload {
    guard let name = preparation.workload else { return NoWork() }
    guard let type = BuiltIn.workload(name) else { throw StrategyError("there is no workload '\(name)'") }
    return try type.init(request(of: preparation).values)
  }

  private static func request(of preparation: Preparation) -> WorkRequest {
    WorkRequest(
      preparation.workload ?? "", parameters: preparation.work ?? [:],
      answers: (preparation.answers ?? []).map(OriginAnswer.init))
  }

  /// Runs tasks as the trial will, on boards that are thrown away.
  private static func warmUp(
    _ strategy: any Strategy, on workload: some Workload, in context: TrialContext, tasks: Int, like board: Board
  ) throws {
    var left = tasks
    while left > 0, workload.taskCount > 0 {
      let memory = try Descriptor.memory(named: "concrun-warmup")
      let scratch = try Board.create(
        in: memory.file, taskCount: min(left, workload.taskCount), chunkSize: board.chunkSize)
      scratch.rateInterval = board.rateInterval
      scratch.origin = MonotonicClock.now()
      _ = try strategy.run(workload, on: scratch, in: context)
      left -= scratch.taskCount
    }
  }

  /// Runs the trial. The clock runs from just before the pool is made until it is closed.
  private static func run(
    _ strategy: any Strategy, doing workload: some Workload, on board: Board, in context: TrialContext,
    countsOwnUsage: Bool
  ) throws -> Done {
    let countsBefore = workload.counts()
    let before = Usage.now(countsOwnUsage)
    board.origin = MonotonicClock.now()
    let report = try strategy.run(workload, on: board, in: context)
    let closed = MonotonicClock.now() - board.origin
    let usage = Usage.now(countsOwnUsage) - before
    board.addCounts(of: workload, since: countsBefore)

    let wall = report.end ?? closed
    let totals = BoardTotals(board.all)
    if countsOwnUsage, let peak = peakResidentBytes() { board.reportPeakRSS(peak) }
    return Done(
      wall: wall, setup: totals.firstStart, teardown: totals.lastEnd.map { wall - $0 },
      checksum: checksumText(totals.checksum), expectedChecksum: workload.expectedChecksum.map(checksumText),
      metrics: report.metrics.merging(board.metrics(of: workload)) { $1 }, loopStallMax: report.longestStall,
      usage: Done.Usage(usage, maxRSSBytes: board.peakRSS > 0 ? board.peakRSS : nil))
  }
}

/// The resources that a trial's processes have used so far.
private enum Usage {
  /// Reads the usage.
  ///
  /// - Parameter countsOwn: false if a program does the work. Then only the usage of children counts.
  static func now(_ countsOwn: Bool) -> ResourceUsage {
    countsOwn ? ResourceUsage.ofSelf() + ResourceUsage.ofChildren() : ResourceUsage.ofChildren()
  }
}

/// The runner's messages, one after the other.
struct MessageSource {
  var file = FileDescriptor.standardInput
  private var splitter = LineSplitter()
  private var lines: [[UInt8]] = []

  /// Returns the next message; `nil` if there are no more.
  mutating func next() throws -> HostMessage? {
    while lines.isEmpty {
      guard let bytes = try file.readSome(), !bytes.isEmpty else { return nil }
      lines = try splitter.append(bytes)
    }
    return try HostMessage(line: lines.removeFirst())
  }
}
