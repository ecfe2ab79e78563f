internal import Model
internal import OS

/// Runs the commands around trials and runs.
struct HookRunner {
  let hooks: Hooks
  /// All of it; what a hook can learn of the run is added.
  let environment: [String: String]
  /// Seconds that a hook may take.
  let timeout: Double
  let interrupts: InterruptSource

  /// Why a hook failed; `nil` if it did well, or if there is none.
  func run(_ moment: Hooks.Moment, _ facts: [String: String]) throws(Interruption) -> String? {
    guard let command = hooks.commands[moment] else { return nil }
    let all = environment.merging(facts) { $1 }.map { "\($0.key)=\($0.value)" }.sorted()
    let outcome: String?
    do {
      var process = try CapturedProcess(
        command, environment: all, standardInput: Descriptor.null().file, keepsOutput: false, ownGroup: true)
      let hasEnded = try process.readToEnd(
        deadline: MonotonicClock.now() + Int(timeout * 1e9), orUntil: interrupts.file)
      if !hasEnded { process.killGroup() }
      let reason = try process.wait().reason
      let said = process.errorTail.lastLine.map { ": \($0)" } ?? ""
      outcome =
        !hasEnded ? "not done after \(String(shortest: timeout)) s" : reason.isSuccess ? nil : "\(reason)\(said)"
    } catch {
      outcome = "\(error)"
    }
    if outcome != nil { try interrupts.check() }
    return outcome.map { "hook \(moment.rawValue): \($0)" }
  }
}
