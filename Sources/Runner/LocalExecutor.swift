internal import Board
internal import Conversation
package import Model
internal import OS
internal import SystemPackage
internal import Time

/// An executor that runs each trial in a child process of its own, on this machine.
///
/// The child inherits the board at descriptor 3 and speaks the conversation over its standard input and output. It
/// leads a process group, and dies with the thread that made it. All processes that it leaves running are killed when
/// it ends.
package struct LocalExecutor: TrialExecutor {
  private let bound: BoundPlan
  private var plan: Plan { bound.plan }
  private let keepsRows: Bool
  private let origin: (any TrialOrigin)?
  private let executable: String
  /// The environment of trials, without what the file sets for single cells.
  private let environment: [String: String]
  private let interrupts: InterruptSource
  private let leftovers: Leftovers.Policy

  /// The time that a trial has to end after its `done`, as `Patience` counts it.
  private static let farewell = Nanoseconds.seconds(5)

  fileprivate init(_ factory: LocalExecutorFactory, plan: BoundPlan, keepsRows: Bool, origin: (any TrialOrigin)?) {
    bound = plan
    self.keepsRows = keepsRows
    self.origin = origin
    executable = factory.executable
    environment = factory.environment.merging(plan.plan.environment) { $1 }
    interrupts = factory.interrupts
    leftovers = factory.leftovers
  }

  /// Runs one trial in a child process, and waits for the end of all its processes.
  ///
  /// A trial that can't be started is evidence, not an error.
  ///
  /// - Throws: `Interruption` if the user interrupts it.
  package mutating func execute(_ trial: ScheduledTrial, attempt: Int) throws(Interruption) -> HostedTrial {
    let cell = plan.cells[trial.cell]
    var leftovers = Leftovers(leftovers)
    defer { leftovers.end(sparing: origin?.processes ?? []) }
    do {
      let memory = try Descriptor.memory(named: "concrun-board")
      // Warm-up tasks send requests to the origin, too.
      if plan.settings.warmupTasks > 0, let problem = beginAnew(cell) { return HostedTrial(.unavailable(problem)) }
      var child = try PipedProcess.trial(executable: executable, environment: environment(of: cell), board: memory.file)
      let deadline = MonotonicClock.now() + .seconds(plan.settings.timeout)
      var pauses = PauseWatch(origin?.processes.union([child.pid]) ?? [child.pid])
      let (end, times) = try converse(
        with: &child, about: trial, deadline: deadline, leftovers: &leftovers, pauses: &pauses)
      var hosted = HostedTrial(end, observed: times.observed)
      let board = try? Board.open(memory.file)
      if let pause = pauses.pause ?? (child.wasStoppedAtEnd || board?.pauses ?? 0 > 0 ? .zero : nil) {
        hosted.disturbance = .stopped(pause)
      }
      settle(cell, into: &hosted)
      hosted.tasks = board.map { evidence($0, of: hosted, lasted: times.lasted) }
      return hosted
    } catch let interruption as Interruption {
      throw interruption
    } catch {
      return HostedTrial(.notStarted("\(error)"))
    }
  }

  private func environment(of cell: Cell) -> [String] {
    // A crash is evidence for a row. The backtracer would delay it.
    environmentTexts(environment.merging(cell.environment) { $1 }.merging(["SWIFT_BACKTRACE": "enable=no"]) { $1 })
  }

  private func evidence(_ board: Board, of hosted: HostedTrial, lasted: Nanoseconds?) -> TaskEvidence {
    var evidence = TaskEvidence(board)
    guard keepsRows else { return evidence }
    evidence.rows = TaskRow.rows(of: board)
    guard plan.settings.recordsTasks else { return evidence }
    var wall = lasted
    if case .done(let done) = hosted.end { wall = done.wall }
    evidence.timeline = Timeline(board, rows: evidence.rows, wall: wall)
    return evidence
  }

  /// The times from `run` to `done`, and from `run` to the end; `nil` without a `done` or a `run`.
  private typealias Times = (observed: Nanoseconds?, lasted: Nanoseconds?)

  private func converse(
    with child: inout PipedProcess, about trial: ScheduledTrial, deadline: Instant, leftovers: inout Leftovers,
    pauses: inout PauseWatch
  ) throws -> (HostedTrial.End, Times) {
    let cell = plan.cells[trial.cell]
    var conversation = HostConversation()
    var lines = LineSplitter()
    var started: Instant?
    var ended: Instant?
    // The end that the child reported; it may also end without a message.
    var end: HostedTrial.End?
    var isSilent = false
    child.send(.prepare(preparation(trial, cell)))

    while end == nil, !isSilent {
      let event = try child.next(before: pauses.wake(before: deadline), orUntil: interrupts.file)
      pauses.look()
      switch event {
      case .time:
        if MonotonicClock.now() >= deadline { end = .timedOut(isReady: conversation.isRunning) }
      case .attention: try interrupts.check()
      case .output(let bytes):
        do {
          for line in try lines.append(bytes) {
            switch try conversation.receive(PluginMessage(line: line)) {
            case .run:
              if let problem = beginAnew(cell) {
                end = .unavailable(problem)
                break
              }
              if let origin { pauses.watch(origin.processes) }
              started = MonotonicClock.now()
              child.send(.run)
            case .finish(let done):
              ended = MonotonicClock.now()
              end = .done(done)
            case .giveUp(let complaint):
              end = complaint.crashed == true ? .crashed(complaint.message) : .gaveUp(complaint.message)
            }
          }
        } catch {
          end = .crashed("\(error)")
        }
      case .closed, .ended: isSilent = true
      }
    }
    pauses.finish()
    // Everything that a living trial started is still its descendant: other processes aren't its own.
    if !isSilent { leftovers = Leftovers(self.leftovers) }
    let observed = started.flatMap { start in ended.map { $0 - start } }
    let lasted = started.map { (ended ?? MonotonicClock.now()) - $0 }
    return (try finish(&child, end), (observed, lasted))
  }

  /// Resets the embedded server for a trial of a cell.
  ///
  /// - Returns: the reason why the server can't; `nil` if it could, or isn't used.
  private func beginAnew(_ cell: Cell) -> String? {
    guard let settings = cell.origin else { return nil }
    do {
      try origin?.begin(settings)
      return nil
    } catch {
      return "\(error)"
    }
  }

  /// Adds the embedded server's counts to a trial's evidence. A server that gives none was lost while the trial ran.
  private func settle(_ cell: Cell, into hosted: inout HostedTrial) {
    guard let settings = cell.origin, let origin else { return }
    if case .unavailable = hosted.end { return }
    do {
      hosted.origin = try origin.end(settings)
    } catch {
      hosted.disturbance = .originDied("\(error)")
    }
  }

  private func preparation(_ trial: ScheduledTrial, _ cell: Cell) -> Preparation {
    var preparation = Preparation(
      strategy: cell.strategyPlugin.name, parameters: cell.strategyPlugin.parameters,
      workload: cell.workloadPlugin?.name, work: cell.workloadPlugin?.parameters)
    let answers = bound.answers(ofCell: trial.cell)
    preparation.answers = answers.isEmpty ? nil : answers.map(OriginAnswer.value)
    let settings = plan.settings
    preparation.arrivals = cell.arrivals
    // Each block has a schedule of its own, and all its cells the same one.
    preparation.arrivals?.seed ^= SplitMix64.mixed(UInt64(trial.block) << 32 | UInt64(trial.trial))
    if cell.sendsRequests { preparation.maxRate = settings.maxRate }
    preparation.warmupTasks = settings.warmupTasks > 0 ? settings.warmupTasks : nil
    preparation.recordTasks = settings.recordsTasks ? true : nil
    preparation.program = cell.strategyPlugin.description.external?.executable
    return preparation
  }

  /// Waits for the end of the child, and kills it if it doesn't end.
  ///
  /// - Parameter end: `nil` if it ended without a last message.
  private func finish(
    _ child: inout PipedProcess, _ end: HostedTrial.End?
  ) throws -> HostedTrial.End {
    let reason: ExitReason?
    switch end {
    case .done, .gaveUp, nil:
      child.hangUp()
      reason = try child.end(within: Self.farewell)
    case .timedOut, .crashed, .notStarted, .unavailable:
      reason = try child.end(within: nil)
    }
    let said = child.lastWords.map { ": \($0)" } ?? ""
    return switch (end, reason) {
    case (nil, let reason?): .crashed("trial process: \(reason)\(said)")
    case (nil, nil): .crashed("trial process: closed its output, and didn't end\(said)")
    case (.done, let reason?) where !reason.isSuccess:
      .crashed("trial process: \(reason), after it was done\(said)")
    case (.crashed(let reason), _): .crashed(reason + said)
    case (.done, nil): .crashed("trial process: didn't end after it was done")
    case (let end?, _): end
    }
  }
}

/// A factory of executors that run trials as child processes of this process.
package struct LocalExecutorFactory: ExecutorFactory {
  fileprivate let executable: String
  fileprivate let environment: [String: String]
  fileprivate let interrupts: InterruptSource
  fileprivate let leftovers: Leftovers.Policy

  /// Takes the program and its surroundings.
  ///
  /// - Parameters:
  ///   - executable: the path of concrun, which is started again for each trial.
  ///   - environment: that of the trials; the file's `env` is added.
  ///   - leftovers: the treatment of processes that a trial leaves running.
  package init(
    executable: String, environment: [String: String], interrupts: InterruptSource,
    leftovers: Leftovers.Policy = .spared
  ) {
    self.executable = executable
    self.environment = environment
    self.interrupts = interrupts
    self.leftovers = leftovers
  }

  /// Makes an executor of the plan's trials on this machine.
  package func executor(for plan: BoundPlan, keepsRows: Bool, origin: (any TrialOrigin)?) -> any TrialExecutor {
    LocalExecutor(self, plan: plan, keepsRows: keepsRows, origin: origin)
  }
}
