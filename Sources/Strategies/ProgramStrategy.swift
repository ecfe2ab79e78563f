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
          "Columns read from what it prints: a regular expression whose first group, or all of it, is a number."),
      ParameterSchema(
        "metrics_from", .choice(MetricSource.allCases.map(\.rawValue)),
        help:
          "Where metrics are looked for: in its standard output, its standard error, or both, output first. "
          + "Default: stdout."),
      ParameterSchema(
        "input", .string, help: "A file that the command reads as its standard input. Default: nothing."),
    ],
    needsWorkload: false)

  /// The streams of a program that its metrics are read from.
  private enum MetricSource: String, CaseIterable {
    case stdout, stderr, both
  }

  /// The number of bytes of each stream that are searched for metrics.
  private static let searched = 4 << 20

  private let command: [String]
  private let source: MetricSource
  private let patterns: [OutputPattern]
  private let input: String?

  /// Takes checked parameters.
  package init(_ values: ParameterValues) throws {
    command = try values.strings("command")
    input = values.optionalString("input")
    patterns = (values.optionalMap("metrics") ?? [:]).map {
      OutputPattern(name: $0.key, pattern: $0.value.string ?? "")
    }
    let named = values.optionalString("metrics_from")
    source = named.flatMap(MetricSource.init) ?? .stdout
    if named != nil, patterns.isEmpty {
      throw ParameterError(name: "metrics_from", problem: "there are no 'metrics' to look for")
    }
  }

  /// Runs the command to its end, and looks for metrics in what it printed.
  package func run<W: Workload>(_ workload: W, on board: Board, in context: TrialContext) throws -> RunReport {
    let input = try standardInput()
    let now = { MonotonicClock.now() - board.origin }
    board.begin(0, worker: 0, at: now())
    board.recordCPU(0, nil)
    let outcome:
      (reason: ExitReason, end: Nanoseconds, printed: [(stream: String, text: BoundedText)], lastWords: String?)
    do {
      var process = try CapturedProcess(
        command, environment: context.environment, standardInput: input, keepsOutput: reads(.stdout),
        outputLimit: Self.searched, errorLimit: reads(.stderr) ? Self.searched : 0)
      let ownPeak = peakResidentBytes() ?? 0
      try process.readToEnd()
      let end = now()
      if process.wasStopped { board.notePause() }
      let (reason, usage) = try process.wait()
      // The kernel's figure starts from what this process had; below that, only samples tell.
      board.reportPeakRSS(usage.maxRSSBytes > ownPeak ? usage.maxRSSBytes : process.sampledPeak ?? 0)
      board.recordCPU(0, usage.cpu)
      let printed = [(MetricSource.stdout, "output", process.output), (.stderr, "standard error", process.errors)]
      outcome = (
        reason, end, printed.filter { reads($0.0) }.map { ($0.1, $0.2) }, process.errorTail.lastLine
      )
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
        metrics[pattern.name] = try pattern.number(in: outcome.printed)
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

  private func reads(_ stream: MetricSource) -> Bool {
    !patterns.isEmpty && (source == stream || source == .both)
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

  /// The first group of the first match, in the first stream that has one; without a group, all of the match.
  ///
  /// `^` and `$` are the ends of a line.
  func number(in printed: [(stream: String, text: BoundedText)]) throws -> Double {
    let regex = try Regex(pattern).anchorsMatchLineEndings()
    var found: Regex<AnyRegexOutput>.Match?
    for (_, text) in printed where found == nil { found = try regex.firstMatch(in: text.text) }
    guard let match = found else {
      let parts = printed.map { stream, text in
        text.isCut ? "the first \(text.limit >> 20) MiB of the \(stream)" : "the \(stream)"
      }
      throw StrategyError("metric '\(name)': '\(pattern)' matches nothing in \(parts.joined(separator: " or "))")
    }
    let text = match.output.count > 1 ? match.output[1].substring : match.output[0].substring
    guard let text, let number = Double(text), number.isFinite else {
      throw StrategyError("metric '\(name)': '\(text ?? "")' isn't a number")
    }
    return number
  }
}
