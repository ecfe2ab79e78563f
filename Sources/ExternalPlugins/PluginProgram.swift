internal import Conversation
internal import OS
internal import Time

/// A plugin's program while it runs: messages go in and out.
struct PluginProgram: ~Copyable {
  private var process: PipedProcess
  private var splitter = LineSplitter()
  private var lines: [[UInt8]] = []
  let path: String
  var pid: Int32 { process.pid }
  /// Whether it was stopped, or went on, since this was asked the last time.
  var wasStopped: Bool { process.wasStopped }

  /// How long a program that closed its output may take to end before it counts as one that lives on.
  private static let grace = Nanoseconds.seconds(1)

  /// Starts it.
  ///
  /// - Parameters:
  ///   - environment: all of it, as `NAME=value`.
  init(
    _ path: String, _ arguments: [String] = [], environment: [String], standardError: PipedProcess.StandardError
  ) throws(PluginError) {
    self.path = path
    do throws(SystemError) {
      process = try PipedProcess(
        [path.contains("/") ? path : "./" + path] + arguments, environment: environment, standardError: standardError)
    } catch {
      throw .cannotStart(error.errno)
    }
  }

  func send(_ message: HostMessage) {
    guard let line = try? message.line() else { return }
    process.send(line)
  }

  /// Waits for the next message.
  ///
  /// - Parameters:
  ///   - expected: what it owes.
  ///   - limit: as `Patience` counts time; `nil`: the runner's timeout is the limit.
  mutating func receive(expecting expected: String, within limit: Nanoseconds? = nil) throws -> PluginMessage {
    var patience = limit.map { Patience($0, with: process.pid) }
    while lines.isEmpty {
      switch try next(&patience) {
      case .output(let bytes): lines += try splitter.append(bytes)
      case .closed, .ended:
        guard let reason = try process.end(within: Self.grace) else {
          throw PluginError.closedOutput(expected: expected)
        }
        throw PluginError.ended(reason, expected: expected)
      case .time, .attention: throw PluginError.silent(expected: expected)
      }
    }
    return try PluginMessage(line: lines.removeFirst())
  }

  private mutating func next(_ patience: inout Patience?) throws(SystemError) -> PipedProcess.Event {
    guard var current = patience else { return try process.next(before: nil) }
    defer { patience = current }
    return try process.next(within: &current)
  }

  /// Whether there is something that nobody asked for.
  mutating func hasMore() throws -> Bool {
    if lines.isEmpty, case .output(let bytes) = try process.next(before: MonotonicClock.now()) {
      lines += try splitter.append(bytes)
    }
    return !lines.isEmpty
  }

  /// The last line that it wrote to its standard error, where that is kept.
  var lastWords: String? { process.lastWords }

  /// Closes its standard input, and kills it if that doesn't end it.
  ///
  /// - Parameter limit: as `Patience` counts time.
  /// - Returns: how it ended; `nil` if it had to be killed.
  mutating func end(within limit: Nanoseconds) -> ExitReason? {
    process.hangUp()
    return try? process.end(within: limit)
  }
}
