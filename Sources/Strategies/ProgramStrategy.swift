package import Board
package import Model
internal import OS
package import PluginKit
internal import SystemPackage
internal import Time

/// A whole command as a trial: `wall_s` is its lifetime, from the start of the process to its end.
package struct ProgramStrategy: Strategy {
  /// The name, the parameters and the help that files are checked against.
  package static let description = PluginDescription(
    .strategy, "program", summary: "A whole command is one trial; its lifetime is the time. Needs no workload.",
    parameters: [
      ParameterSchema(
        "command", .list(.string), required: true, minimum: 1,
        help: "The program and its arguments; no shell. ${max_workers} and variables may stand in them."),
      ParameterSchema(
        ParameterName.maxWorkers, .integer, minimum: 1, maximum: 10_000,
        help: "Workers that the command is told to use, as ${max_workers}."),
      ParameterSchema(
        "metrics", .map(.pattern), default: .map([:]),
        help:
          "Columns read from its standard output: a regular expression whose first group, or all of it, is a number."),
      ParameterSchema(
        "input", .string, help: "A file that the command reads as its standard input. Default: nothing."),
    ],
    needsWorkload: false)

  private let command: [String]
  private let patterns: [OutputPattern]
  private let input: String?

  /// Takes checked parameters.
  package init(_ values: ParameterValues) throws {
    command = try values.strings("command")
    input = values.optionalString("input")
    patterns = (values.optionalMap("metrics") ?? [:]).map {
      OutputPattern(name: $0.key, pattern: $0.value.string ?? "")
    }
  }

  /// Runs the command to its end, and looks for metrics in its output.
  package func run<W: Workload>(_ workload: W, on board: Board, in context: TrialContext) throws -> RunReport {
    let input = try standardInput()
    let now = { MonotonicClock.now() - board.origin }
    board.begin(0, worker: 0, at: now())
    board.recordCPU(0, nil)
    let outcome: (reason: ExitReason, end: Nanoseconds, output: BoundedText, lastWords: String?)
    do {
      var process = try CapturedProcess(
        command, environment: context.environment, standardInput: input, keepsOutput: !patterns.isEmpty)
      let ownPeak = peakResidentBytes() ?? 0
      try process.readToEnd()
      let end = now()
      if process.wasStopped { board.notePause() }
      let (reason, usage) = try process.wait()
      // The kernel's figure starts from what this process had; below that, only samples tell.
      board.reportPeakRSS(usage.maxRSSBytes > ownPeak ? usage.maxRSSBytes : process.sampledPeak ?? 0)
      board.recordCPU(0, usage.cpu)
      outcome = (reason, end, process.output, process.errorTail.lastLine)
    } catch {
      board.fail(0, at: now(), message: "\(error)")
      return RunReport()
    }
    guard outcome.reason.isSuccess else {
      let said = outcome.lastWords.map { ": \($0)" } ?? ""
      board.fail(0, at: outcome.end, message: "\(command[0]): \(outcome.reason)\(said)")
      return RunReport(end: outcome.end)
    }
    var metrics: [String: Double] = [:]
    var problems: [String] = []
    for pattern in patterns {
      do {
        metrics[pattern.name] = try pattern.number(in: outcome.output)
      } catch {
        problems.append("\(error)")
      }
    }
    if problems.isEmpty {
      board.succeed(0, at: outcome.end, bytes: 0, value: 0)
    } else {
      board.fail(0, at: outcome.end, message: problems.joined(separator: "; "))
    }
    return RunReport(end: outcome.end, metrics: metrics)
  }

  private func standardInput() throws -> Descriptor {
    guard let input else { return try Descriptor.null() }
    do {
      return Descriptor(owning: try FileDescriptor.open(input, .readOnly, options: .closeOnExec))
    } catch {
      throw StrategyError("input \(input): \(error)")
    }
  }
}

/// A number to find in what a program printed.
private struct OutputPattern: Sendable {
  let name: String
  let pattern: String

  /// The first group of the first match; without a group, all of the match. `^` and `$` are the ends of a line.
  func number(in output: BoundedText) throws -> Double {
    guard let match = try Regex(pattern).anchorsMatchLineEndings().firstMatch(in: output.text) else {
      let part = output.isCut ? "the first \(output.limit >> 20) MiB of the output" : "the output"
      throw StrategyError("metric '\(name)': '\(pattern)' matches nothing in \(part)")
    }
    let text = match.output.count > 1 ? match.output[1].substring : match.output[0].substring
    guard let text, let number = Double(text), number.isFinite else {
      throw StrategyError("metric '\(name)': '\(text ?? "")' isn't a number")
    }
    return number
  }
}
