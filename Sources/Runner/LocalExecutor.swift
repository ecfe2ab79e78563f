internal import Board
internal import Conversation
package import Model
internal import OS
internal import SystemPackage
internal import Time

/// Runs each trial in a child process of its own, on this machine.
///
/// The child inherits the board at descriptor 3, speaks the conversation over its standard input and output, leads a
/// process group, and dies with the thread that made it. Whatever it leaves running is killed when it ends.
package struct LocalExecutor: TrialExecutor {
  private let plan: Plan
  private let executable: String
  private let environment: [String]
  private let interrupts: InterruptSource
  private let origin: (any TrialOrigin)?
  private let prepareSweep: () -> () -> Void

  /// How long a trial may take to end after it said that it is done.
  private static let farewell = Nanoseconds.seconds(5)

  /// - Parameters:
  ///   - executable: concrun, which is started again for each trial.
  ///   - origin: the embedded server, where a cell uses it.
  ///   - sweep: is called before a trial; what it returns ends all that the trial left running, even what left its
  ///     process group.
  package init(
    plan: Plan, executable: String, environment: [String: String], interrupts: InterruptSource,
    origin: (any TrialOrigin)? = nil, sweep prepareSweep: @escaping () -> () -> Void = { {} }
  ) {
    self.plan = plan
    self.executable = executable
    // A crash is a row; the backtracer would make it a slow one.
    let all = environment.merging(plan.environment) { $1 }.merging(["SWIFT_BACKTRACE": "enable=no"]) { $1 }
    self.environment = all.map { "\($0.key)=\($0.value)" }.sorted()
    self.interrupts = interrupts
    self.origin = origin
    self.prepareSweep = prepareSweep
  }

  package mutating func execute(_ trial: ScheduledTrial, attempt: Int) throws(Interruption) -> HostedTrial {
    let cell = plan.cells[trial.cell]
    var sweep = prepareSweep()
    defer { sweep() }
    do {
      let memory = try Descriptor.memory(named: "concrun-board")
      // Tasks that are done before the clock starts talk to it, too.
      if plan.settings.warmupTasks > 0, let problem = beginAnew(cell) { return HostedTrial(.unavailable(problem)) }
      var child = try TrialChild(executable: executable, environment: environment, board: memory.file)
      let deadline = MonotonicClock.now() + .seconds(plan.settings.timeout)
      var hosted = try converse(
        with: &child, about: trial, deadline: deadline, sweep: &sweep)
      // Without its counts the trial is whole nevertheless; if it is gone, the next one can't begin.
      if let settings = cell.origin { hosted.origin = try? origin?.end(settings) }
      hosted.board = try? Board.open(memory.file)
      return hosted
    } catch let interruption as Interruption {
      throw interruption
    } catch {
      return HostedTrial(.notStarted("\(error)"))
    }
  }

  private func converse(
    with child: inout TrialChild, about trial: ScheduledTrial, deadline: Instant, sweep: inout () -> Void
  ) throws -> HostedTrial {
    let cell = plan.cells[trial.cell]
    var conversation = HostConversation()
    var lines = LineSplitter()
    var started: Instant?
    var ended: Instant?
    // What it told of its end; it may also end without a word.
    var end: HostedTrial.End?
    var isSilent = false
    child.send(.prepare(preparation(trial, cell)))

    while end == nil, !isSilent {
      switch try child.wait(interrupts: interrupts.file, deadline: deadline) {
      case .time: end = .timedOut(isReady: conversation.isRunning)
      case .interrupt: try interrupts.check()
      case .output(let bytes):
        do {
          for line in try lines.append(bytes) {
            switch try conversation.receive(PluginMessage(line: line)) {
            case .run:
              if let problem = beginAnew(cell) {
                end = .unavailable(problem)
                break
              }
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
      case .end: isSilent = true
      }
    }
    // All that a living trial started is still below it: what is beside it now is not its own.
    if !isSilent { sweep = prepareSweep() }
    let observed = started.flatMap { start in ended.map { $0 - start } }
    let lasted = started.map { (ended ?? MonotonicClock.now()) - $0 }
    var hosted = try finish(&child, end, observed: observed)
    hosted.lasted = lasted
    return hosted
  }

  /// - Returns: why the embedded server can't; `nil` where it could, or isn't used.
  private func beginAnew(_ cell: Cell) -> String? {
    guard let settings = cell.origin else { return nil }
    do {
      try origin?.begin(settings)
      return nil
    } catch {
      return "\(error)"
    }
  }

  private func preparation(_ trial: ScheduledTrial, _ cell: Cell) -> Preparation {
    var preparation = Preparation(
      strategy: cell.strategyPlugin.plugin, parameters: cell.strategyPlugin.parameters,
      workload: cell.workloadPlugin?.plugin, work: cell.workloadPlugin?.parameters)
    let settings = plan.settings
    preparation.arrivals = cell.arrivals
    // Each block has a schedule of its own, and all its cells the same one.
    preparation.arrivals?.seed ^= SplitMix64.mixed(UInt64(trial.block) << 32 | UInt64(trial.trial))
    if plan.catalog.requestItems(of: cell) != nil { preparation.maxRate = settings.maxRate }
    preparation.warmupTasks = settings.warmupTasks > 0 ? settings.warmupTasks : nil
    preparation.recordTasks = settings.recordsTasks ? true : nil
    preparation.program = plan.catalog.strategy(cell.strategyPlugin.plugin)?.external?.executable
    return preparation
  }

  /// Sees the child off.
  ///
  /// - Parameter end: `nil` where it ended without a word.
  private func finish(
    _ child: inout TrialChild, _ end: HostedTrial.End?, observed: Nanoseconds?
  ) throws -> HostedTrial {
    let reason: ExitReason?
    switch end {
    case .done, .gaveUp, nil:
      child.hangUp()
      reason = try child.end(before: MonotonicClock.now() + Self.farewell)
    case .timedOut, .crashed, .notStarted, .unavailable:
      reason = try child.end(before: nil)
    }
    let said = child.lastWords.map { ": \($0)" } ?? ""
    let final: HostedTrial.End =
      switch (end, reason) {
      case (nil, let reason?): .crashed("trial process: \(reason)\(said)")
      case (nil, nil): .crashed("trial process: closed its output, and didn't end\(said)")
      case (.done, let reason?) where !reason.isSuccess:
        .crashed("trial process: \(reason), after it was done\(said)")
      case (.crashed(let reason), _): .crashed(reason + said)
      case (.done, nil): .crashed("trial process: didn't end after it was done")
      case (let end?, _): end
      }
    return HostedTrial(final, observed: observed)
  }
}
