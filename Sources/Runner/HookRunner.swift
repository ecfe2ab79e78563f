package import Model
internal import OS
internal import SystemPackage
internal import Time

/// Runs the commands around trials and runs.
///
/// Their output goes to a file, because processes that they start may go on printing.
struct HookRunner {
  let hooks: Hooks
  /// The environment of hooks, without what the file sets for single cells, and without the facts about the run.
  let environment: [String: String]
  /// The most seconds that a hook may take.
  let timeout: Double
  let interrupts: InterruptSource
  /// The path of the file for the hooks' output; `nil` drops the output.
  let log: String?
  /// The secrets that neither the file nor a message may have.
  var secrets = Secrets()

  /// Runs the hook of a moment, if there is one.
  ///
  /// - Parameter cell: the cell of the trial that the hook belongs to; `nil` for the hooks of the run.
  /// - Returns: the reason why it failed; `nil` if it succeeded, or if there is none.
  /// - Throws: `Interruption` if the hook failed because the user interrupted the run.
  func run(
    _ moment: Hooks.Moment, of cell: Cell? = nil, facts: [String: String]
  ) throws(Interruption) -> String? {
    guard let command = cell?.hooks.commands[moment] ?? hooks.commands[moment] else { return nil }
    let environment = environment.merging(cell?.environment ?? [:]) { $1 }
    let problem: String?
    do throws(SystemError) {
      problem = try run(command, environment.merging(facts) { $1 })
    } catch {
      problem = "\(error)"
    }
    if problem != nil { try interrupts.check() }
    if let log { secrets.blank(in: log) }
    return problem.map { secrets.masked("hook \(moment.rawValue): \($0)") }
  }

  private func run(_ command: [String], _ environment: [String: String]) throws(SystemError) -> String? {
    let output =
      if let log { try Descriptor.log(at: log, isPrivate: !secrets.isEmpty) } else {
        try Descriptor.memory(named: "hook")
      }
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

extension Secrets {
  /// Overwrites the secrets in a file that others may be appending to. Its length stays.
  ///
  /// Without the file, or without secrets of 8 bytes, nothing happens.
  package func blank(in path: String) {
    guard !isEmpty, let bytes = try? TextFile.bytes(path, limit: 1 << 30) else { return }
    let ranges = ranges(in: bytes)
    if !ranges.isEmpty { try? Files.blank(ranges, of: path, with: UInt8(ascii: "*")) }
  }
}
