internal import Model
internal import OS
internal import SystemPackage
internal import Time

/// Runs the commands around trials and runs. What they print goes to a file: what they start may go on printing.
struct HookRunner {
  let hooks: Hooks
  /// All of it; what a hook can learn of the run is added.
  let environment: [String: String]
  /// Seconds that a hook may take.
  let timeout: Double
  let interrupts: InterruptSource
  /// `nil`: nobody wants to read it.
  let log: String?

  /// Why a hook failed; `nil` if it did well, or if there is none.
  func run(_ moment: Hooks.Moment, _ facts: [String: String]) throws(Interruption) -> String? {
    guard let command = hooks.commands[moment] else { return nil }
    let problem: String?
    do throws(SystemError) {
      problem = try run(command, environment.merging(facts) { $1 })
    } catch {
      problem = "\(error)"
    }
    if problem != nil { try interrupts.check() }
    return problem.map { "hook \(moment.rawValue): \($0)" }
  }

  private func run(_ command: [String], _ environment: [String: String]) throws(SystemError) -> String? {
    let output = if let log { try Descriptor.log(at: log) } else { try Descriptor.memory(named: "hook") }
    let before = try output.file.size()
    let null = try Descriptor.null()
    var process = try ChildProcess(
      command, environment: environmentTexts(environment), standardInput: null,
      standardOutput: output, standardError: output)
    let deadline = MonotonicClock.now() + .seconds(timeout)
    let ready = try waitUntilReadable([process.exit.file, interrupts.file], deadline: deadline)
    let hasEnded = ready.contains(0)
    if !hasEnded { process.killGroup() }
    let reason = try process.wait().reason
    if !hasEnded { return "not done after \(String(shortest: timeout)) s" }
    if reason.isSuccess { return nil }
    let said = try lastLine(of: output, from: before).map { ": \($0)" } ?? ""
    return "\(reason)\(said)"
  }

  private func lastLine(of output: borrowing Descriptor, from start: Int) throws(SystemError) -> String? {
    let end = try output.file.size()
    var tail = BoundedText.tail(8 << 10)
    tail.append(try output.file.bytes(from: max(start, end - 8 << 10), to: end))
    return tail.lastLine
  }
}
