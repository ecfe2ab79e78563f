internal import Board
package import Model
internal import OS
package import PluginKit

/// An external command for each task: how many at once are best for a program of the user's own.
package struct CommandWorkload: Workload {
  /// The name, the parameters and the help that files are checked against.
  package static let description = PluginDescription(
    .workload, "command", summary: "An external command for each task: says how many of your program to run at once.",
    parameters: [
      ParameterSchema(
        "command", .list(.string), required: true, minimum: 1,
        help:
          "The program and its arguments; no shell. ${task} is the task's number, from 0, ${worker} its worker's, and "
          + "${item} an item; variables may stand in them, too."),
      ParameterSchema("tasks", .integer, minimum: 1, maximum: 10_000_000, help: "How many times it runs."),
      ParameterSchema("items", .list(.string), minimum: 1, help: "Instead of tasks, it runs once for each of these."),
      ParameterSchema(
        "items_from", .lines, minimum: 1,
        help: "Instead of items, a file with one a line; its path is relative to the experiment file."),
      ParameterSchema(
        ParameterName.repetitions, .integer, default: .integer(1), minimum: 1, maximum: 1_000_000,
        help: "How often all of that is gone through."),
      ParameterSchema(
        "expect_exit", .integer, default: .integer(0), minimum: 0, maximum: 255,
        help: "The exit status that is no failure."),
      ParameterSchema(
        "count_output", .boolean, default: .boolean(false),
        help: "Whether its standard output is read, and counted as bytes; if not, it goes to /dev/null."),
    ],
    exactlyOneOf: [["tasks", "items", "items_from"]], taskReferences: CommandTemplate.Reference.allCases.map(\.rawValue)
  )

  private let command: CommandTemplate
  private let items: [String]
  /// The number of tasks.
  package let taskCount: Int
  private let expected: ExitReason
  private let countsOutput: Bool
  private let environment: [String]
  private let largest = LargestProcess()
  /// The checksum of a trial without failures.
  package var expectedChecksum: UInt64? { 0 }

  /// Takes checked parameters.
  package init(_ values: ParameterValues) throws {
    command = CommandTemplate(try values.strings("command"))
    let source = ["items", "items_from"].first { values.all[$0] != nil }
    items = try source.map { try values.strings($0) } ?? []
    guard !items.isEmpty || !command.refers(to: .item) else {
      throw ParameterError(name: "command", problem: "${item} needs 'items' or 'items_from'")
    }
    if let source, !command.refers(to: .item) {
      throw ParameterError(name: source, problem: "no argument of the command has ${item}, so these aren't used")
    }
    let once = try source == nil ? values.integer("tasks") : items.count
    let (count, overflow) = once.multipliedReportingOverflow(by: try values.integer(ParameterName.repetitions))
    guard !overflow, count <= Board.maximumTaskCount else {
      throw ParameterError(name: ParameterName.repetitions, problem: "more than \(Board.maximumTaskCount) tasks")
    }
    taskCount = count
    expected = .exited(Int32(try values.integer("expect_exit")))
    countsOutput = try values.boolean("count_output")
    environment = ThisProcess.environmentTexts
  }

  /// Runs the command, and blocks until it has ended.
  package func perform(_ task: Int, in session: inout Void, by worker: Worker) throws -> TaskResult {
    try worker.blocking {
      var process = try start(task, worker)
      try process.readToEnd(samplesPeak: false)
      return try result(&process, task)
    }
  }

  /// Runs the command, and suspends the task until it has ended.
  package func performAsync(_ task: Int, in session: inout Void, by worker: Worker) async throws -> TaskResult {
    guard let loop = worker.loop else { return try perform(task, in: &session, by: worker) }
    let running = LoopCommand(try start(task, worker), on: loop)
    try await running.end()
    return try result(&running.process, task)
  }

  private func start(_ task: Int, _ worker: Worker) throws -> CapturedProcess {
    let arguments = command.arguments(
      task: task, worker: worker.index, item: items.isEmpty ? "" : items[task % items.count])
    do {
      return try CapturedProcess(
        arguments, environment: environment, standardInput: Descriptor.null(), keepsOutput: countsOutput, outputLimit: 0
      )
    } catch {
      throw WorkFailure(.error, "\(error)")
    }
  }

  private func result(_ process: inout CapturedProcess, _ task: Int) throws -> TaskResult {
    let (reason, usage) = try process.wait()
    largest.report(usage.maxRSSBytes)
    guard reason == expected else {
      let said = process.errorTail.lastLine.map { ": \($0)" } ?? ""
      throw WorkFailure(.error, "\(command.program): \(reason)\(said)", bytes: process.outputBytes)
    }
    return TaskResult(bytes: process.outputBytes)
  }

  /// The most bytes that one of the commands had resident.
  package var largestChild: Int? { largest.bytes }
}
