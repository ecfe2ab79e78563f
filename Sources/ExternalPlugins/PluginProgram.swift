internal import Conversation
internal import OS
internal import SystemPackage
internal import Time

/// A plugin's program while it runs: messages go in and out, its standard error is ours.
struct PluginProgram: ~Copyable {
  private var program: PipedProcess
  /// The other end of its standard error, where that is ours to read.
  private let errors: Descriptor?
  private var errorTail = BoundedText.tail(8 << 10)
  private var errorsAreOpen = true
  private var splitter = LineSplitter()
  private var lines: [[UInt8]] = []
  let path: String
  var pid: Int32 { program.process.pid }

  /// - Parameters:
  ///   - environment: all of it, as `NAME=value`.
  ///   - ownGroup: whether it leads a process group, so that all of it can be killed at once.
  init(
    _ path: String, _ arguments: [String] = [], environment: [String], standardError: borrowing Descriptor,
    errors: consuming Descriptor? = nil,
    ownGroup: Bool
  ) throws {
    self.path = path
    self.errors = consume errors
    do throws(SystemError) {
      program = try PipedProcess(
        [path.contains("/") ? path : "./" + path] + arguments, environment: environment, standardError: standardError,
        ownGroup: ownGroup)
    } catch {
      throw PluginError.cannotStart(error.errno)
    }
  }

  func send(_ message: HostMessage) {
    guard let line = try? message.line() else { return }
    program.send(line)
  }

  /// The next message.
  ///
  /// - Parameters:
  ///   - expected: what it owes.
  ///   - deadline: `nil`: whoever started this process sees to that.
  mutating func receive(expecting expected: String, deadline: Instant? = nil) throws -> PluginMessage {
    while lines.isEmpty {
      try readMore(expecting: expected, deadline: deadline)
    }
    return try PluginMessage(line: lines.removeFirst())
  }

  /// Whether there is something that nobody asked for.
  mutating func hasMore() throws -> Bool {
    if lines.isEmpty, let bytes = try program.output.file.readSome() { lines += try splitter.append(bytes) }
    return !lines.isEmpty
  }

  private mutating func readMore(expecting expected: String, deadline: Instant?) throws {
    let ready = try waitUntilReadable(
      [program.output.file, program.process.exit.file, errorFile], deadline: deadline)
    if ready.isEmpty || deadline.map({ MonotonicClock.now() >= $0 }) == true {
      throw PluginError.silent(expected: expected)
    }
    try readErrors()
    // What it said before it ended counts.
    if let bytes = try program.output.file.readSome(), !bytes.isEmpty {
      lines += try splitter.append(bytes)
      return
    }
    if ready == [2] { return }
    // What it left running may hold the pipe open, and itself may live on without it.
    guard try waitUntilReadable([program.process.exit.file], deadline: MonotonicClock.now() + .seconds(1)) != []
    else {
      throw PluginError.closedOutput(expected: expected)
    }
    try readErrors()
    throw PluginError.ended(try program.process.wait().reason, expected: expected)
  }

  private var errorFile: FileDescriptor? {
    switch errors {
    case .some(let descriptor): errorsAreOpen ? descriptor.file : nil
    case .none: nil
    }
  }

  private mutating func readErrors() throws {
    guard let file = errorFile else { return }
    for _ in 0..<64 {
      guard let bytes = try file.readSome() else { return }
      if bytes.isEmpty {
        errorsAreOpen = false
        return
      }
      errorTail.append(bytes)
    }
  }

  /// The last line that it wrote to its standard error.
  var lastWords: String? { errorTail.lastLine }

  /// No more messages: it is to end.
  mutating func hangUp() {
    program.input = nil
  }

  /// Waits for its end until the deadline.
  ///
  /// - Returns: `nil` if it doesn't end.
  mutating func end(before deadline: Instant) -> ExitReason? {
    guard (try? waitUntilReadable([program.process.exit.file], deadline: deadline))?.isEmpty == false else {
      return nil
    }
    return try? program.process.wait().reason
  }

  mutating func kill() {
    program.process.killGroup()
    _ = try? program.process.wait()
  }
}
