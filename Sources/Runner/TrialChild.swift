internal import Conversation
internal import OS
internal import SystemPackage
internal import Time

/// The child process of one trial, as the runner holds it.
struct TrialChild: ~Copyable {
  enum Event {
    case output([UInt8])
    /// It closed its standard output.
    case end
    case interrupt
    case time
  }

  private var program: PipedProcess
  private let errors: Descriptor
  private var errorTail = BoundedText.tail(8 << 10)
  private var errorsAreOpen = true

  init(executable: String, environment: [String], board: FileDescriptor) throws(SystemError) {
    let (errorRead, errorWrite) = try Descriptor.pipe().split()
    let errors = Descriptor(owning: errorRead)
    let errorEnd = Descriptor(owning: errorWrite)
    try errors.setNonblocking()
    program = try PipedProcess(
      [executable, "__trial"], environment: environment, standardError: errorEnd, descriptor3: board)
    self.errors = errors
  }

  func send(_ message: HostMessage) {
    guard let line = try? message.line() else { return }
    program.send(line)
  }

  /// No more messages.
  mutating func hangUp() {
    program.input = nil
  }

  mutating func wait(interrupts: FileDescriptor?, deadline: Instant) throws(SystemError) -> Event {
    while true {
      let ready = try waitUntilReadable(
        [program.output.file, errorsAreOpen ? errors.file : nil, interrupts], deadline: deadline)
      if ready.isEmpty { return .time }
      if ready.contains(2) { return .interrupt }
      if ready.contains(1) { try readErrors() }
      if ready.contains(0), let bytes = try program.output.file.readSome() {
        return bytes.isEmpty ? .end : .output(bytes)
      }
    }
  }

  private mutating func readErrors() throws(SystemError) {
    for _ in 0..<64 {
      guard let bytes = try errors.file.readSome() else { return }
      if bytes.isEmpty {
        errorsAreOpen = false
        return
      }
      errorTail.append(bytes)
    }
  }

  /// The last line that it wrote to its standard error.
  var lastWords: String? { errorTail.lastLine }

  /// Waits for the end until the deadline (`nil`: not at all); then kills it.
  ///
  /// - Returns: `nil` if it had to be killed although there was time.
  mutating func end(before deadline: Instant?) throws(SystemError) -> ExitReason? {
    if let deadline, try waitUntilReadable([program.process.exit.file], deadline: deadline).isEmpty {
      program.process.killGroup()
      _ = try program.process.wait()
      return nil
    }
    // The group may have members that outlive their leader.
    program.process.killGroup()
    let reason = try program.process.wait().reason
    try readErrors()
    return reason
  }
}
