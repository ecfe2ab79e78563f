internal import Conversation
internal import OS
internal import SystemPackage

/// A plugin's program while it runs: messages go in and out, its standard error is ours.
struct PluginProgram: ~Copyable {
  private var process: ChildProcess
  private var input: Descriptor?
  private let output: Descriptor
  private var splitter = LineSplitter()
  private var lines: [[UInt8]] = []
  let path: String
  var pid: Int32 { process.pid }

  /// - Parameters:
  ///   - environment: all of it, as `NAME=value`.
  ///   - ownGroup: whether it leads a process group, so that all of it can be killed at once.
  init(
    _ path: String, environment: [String], standardError: borrowing Descriptor, ownGroup: Bool
  ) throws {
    self.path = path
    do throws(SystemError) {
      let (inputRead, inputWrite) = try Descriptor.pipe().split()
      let inputEnd = Descriptor(owning: inputRead)
      let input = Descriptor(owning: inputWrite)
      let (outputRead, outputWrite) = try Descriptor.pipe().split()
      let output = Descriptor(owning: outputRead)
      let outputEnd = Descriptor(owning: outputWrite)
      try output.setNonblocking()
      let program = path.contains("/") ? path : "./" + path
      process = try ChildProcess(
        [program], environment: environment, standardInput: inputEnd, standardOutput: outputEnd,
        standardError: standardError, ownGroup: ownGroup)
      self.input = consume input
      self.output = output
    } catch {
      throw PluginError.cannotStart(error.errno)
    }
  }

  /// One that has ended doesn't read: that is seen when it is listened to.
  func send(_ message: HostMessage) {
    guard let line = try? message.line() else { return }
    switch input {
    case .some(let pipe): try? pipe.write(line)
    case .none: break
    }
  }

  /// The next message.
  ///
  /// - Parameters:
  ///   - expected: what it owes.
  ///   - deadline: of the monotonic clock, in nanoseconds; `nil`: whoever started this process sees to that.
  mutating func receive(expecting expected: String, deadline: Int? = nil) throws -> PluginMessage {
    while lines.isEmpty {
      try readMore(expecting: expected, deadline: deadline)
    }
    return try PluginMessage(line: lines.removeFirst())
  }

  /// Whether there is something that nobody asked for.
  mutating func hasMore() throws -> Bool {
    if lines.isEmpty, let bytes = try output.file.readSome() { lines += try splitter.append(bytes) }
    return !lines.isEmpty
  }

  private mutating func readMore(expecting expected: String, deadline: Int?) throws {
    let ready = try waitUntilReadable([output.file, process.exit.file], deadline: deadline)
    if ready.isEmpty { throw PluginError.silent(expected: expected) }
    // What it said before it ended counts.
    if let bytes = try output.file.readSome(), !bytes.isEmpty {
      lines += try splitter.append(bytes)
      return
    }
    // What it left running may hold the pipe open, and itself may live on without it.
    guard try waitUntilReadable([process.exit.file], deadline: MonotonicClock.now() + 1_000_000_000) != [] else {
      throw PluginError.closedOutput(expected: expected)
    }
    throw PluginError.ended(try process.wait().reason, expected: expected)
  }

  /// No more messages: it is to end.
  mutating func hangUp() {
    input = nil
  }

  /// Waits for its end until the deadline.
  ///
  /// - Returns: `nil` if it doesn't end.
  mutating func end(before deadline: Int) -> ExitReason? {
    guard (try? waitUntilReadable([process.exit.file], deadline: deadline))?.isEmpty == false else { return nil }
    return try? process.wait().reason
  }

  mutating func kill() {
    process.killGroup()
    _ = try? process.wait()
  }
}
