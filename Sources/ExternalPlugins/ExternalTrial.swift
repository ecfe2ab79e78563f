package import Board
package import Conversation
internal import Model
package import OS
internal import SystemPackage
internal import Time

/// One trial in an external plugin: the conversation with its program, and what it says of its tasks, checked and put on
/// the board.
package struct ExternalTrial: ~Copyable {
  private var program: PluginProgram
  private var conversation = ExternalConversation()

  /// How long a plugin may take to end when its standard input is closed, as `Patience` counts it.
  private static let farewell = Nanoseconds.seconds(3)

  /// Starts the plugin.
  package init(_ path: String, environment: [String]) throws {
    program = try PluginProgram(path, environment: environment, standardError: .inherited)
  }

  /// Has it describe itself and get ready.
  package mutating func prepare(_ preparation: Preparation) throws {
    program.send(.describe)
    guard case .prepare(let offer) = try next() else { throw PluginError.silent(expected: "description") }
    guard try offer.descriptions(executable: program.path).contains(where: { $0.name == preparation.strategy }) else {
      throw PluginError.noSuchStrategy(preparation.strategy)
    }
    program.send(.prepare(preparation))
    guard case .start = try next() else { throw PluginError.silent(expected: "ready") }
    if try program.hasMore() { _ = try next() }
  }

  /// Runs it, and puts its tasks on the board.
  ///
  /// - Parameter maxWorkers: workers are numbered below this.
  package mutating func run(on board: Board, maxWorkers: Int?) throws -> Done {
    var tasks = ReportedTasks(board: board, maxWorkers: maxWorkers)
    let before = ProcessRecord.usage(of: program.pid)
    let start = MonotonicClock.now()
    board.origin = start
    program.send(.run)
    conversation.started()
    while true {
      switch try next() {
      case .record(let reports): try tasks.record(reports, elapsed: MonotonicClock.now() - start)
      case .finish(let said):
        let elapsed = MonotonicClock.now() - start
        let after = ProcessRecord.usage(of: program.pid)
        if program.wasStopped { board.notePause() }
        var done = try tasks.checked(said, elapsed: elapsed)
        let totals = BoardTotals(board.all)
        done.setup = done.setup ?? totals.firstStart
        done.teardown = done.teardown ?? totals.lastEnd.map { done.wall - $0 }
        if let before, let after {
          let seen = after - before
          try Self.checkClock(done, cpu: seen.cpu.seconds, elapsed: elapsed)
          // One that has ended already has no memory.
          let peak = after.maxRSSBytes > 0 ? after.maxRSSBytes : before.maxRSSBytes
          let measured = Done.Usage(seen, maxRSSBytes: peak > 0 ? peak : nil)
          done.usage = done.usage?.completed(by: measured) ?? measured
        }
        return done
      case .prepare, .start, .giveUp: throw PluginError.silent(expected: "done")
      }
    }
  }

  /// By the kernel's figures no more CPU can have been used than there is, but for their grain and what comes after the
  /// clock stopped: a clock that counts microseconds as nanoseconds is seen by that.
  private static func checkClock(_ done: Done, cpu: Double, elapsed: Nanoseconds) throws(PluginError) {
    let wall = done.wall.seconds
    guard cpu > 0.05, cpu > 10 * Double(Machine.allowedCPUs()) * wall, wall < elapsed.seconds / 10 else { return }
    throw .tasks(
      "it says that the run took \(String(shortest: wall)) s, in which it used \(String(shortest: cpu)) s of CPU: does its "
        + "clock count nanoseconds?")
  }

  private mutating func next() throws -> ExternalConversation.Action {
    let action = try conversation.receive(program.receive(expecting: conversation.expected ?? "nothing"))
    if case .giveUp(let reason) = action { throw PluginError.complaint(reason) }
    return action
  }

  /// Tells it to end, and waits for that.
  ///
  /// - Returns: what was wrong with its end; `nil` if nothing.
  package mutating func end() -> String? {
    switch program.end(within: Self.farewell) {
    case nil: return "it didn't end within 3 s when its standard input was closed"
    case let reason? where !reason.isSuccess: return "\(reason), after it was done"
    default: return nil
    }
  }
}

extension Done.Usage {
  /// Converts the kernel's figures.
  package init(_ usage: ResourceUsage, maxRSSBytes: Int?) {
    self.init(
      cpuUser: usage.cpuUser, cpuSystem: usage.cpuSystem, voluntarySwitches: usage.voluntarySwitches,
      involuntarySwitches: usage.involuntarySwitches, maxRSSBytes: maxRSSBytes)
  }
}
