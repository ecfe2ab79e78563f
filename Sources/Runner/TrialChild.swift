internal import Conversation
internal import OS
internal import SystemPackage

/// The child process of one trial, as the runner holds it.
struct TrialChild: ~Copyable {
  enum Event {
    case output([UInt8])
    /// It closed its standard output.
    case end
    case interrupt
    case time
  }

  private var process: ChildProcess
  private var input: Descriptor?
  private let output: Descriptor
  private let errors: Descriptor
  private var errorTail = BoundedText.tail(8 << 10)
  private var errorsAreOpen = true

  init(executable: String, environment: [String], board: FileDescriptor) throws(SystemError) {
    let (inputRead, inputWrite) = try Descriptor.pipe().split()
    let inputEnd = Descriptor(owning: inputRead)
    let input = Descriptor(owning: inputWrite)
    let (outputRead, outputWrite) = try Descriptor.pipe().split()
    let output = Descriptor(owning: outputRead)
    let outputEnd = Descriptor(owning: outputWrite)
    let (errorRead, errorWrite) = try Descriptor.pipe().split()
    let errors = Descriptor(owning: errorRead)
    let errorEnd = Descriptor(owning: errorWrite)
    try output.setNonblocking()
    try errors.setNonblocking()
    process = try ChildProcess(
      [executable, "__trial"], environment: environment, standardInput: inputEnd, standardOutput: outputEnd,
      standardError: errorEnd, descriptor3: board)
    self.input = consume input
    self.output = output
    self.errors = errors
  }

  /// A child that has died doesn't read: its end is seen soon enough.
  func send(_ message: HostMessage) {
    guard let line = try? message.line() else { return }
    switch input {
    case .some(let pipe): try? pipe.write(line)
    case .none: break
    }
  }

  /// No more messages.
  mutating func hangUp() {
    input = nil
  }

  mutating func wait(interrupts: FileDescriptor?, deadline: Int) throws(SystemError) -> Event {
    while true {
      let ready = try waitUntilReadable(
        [output.file, errorsAreOpen ? errors.file : nil, interrupts], deadline: deadline)
      if ready.isEmpty { return .time }
      if ready.contains(2) { return .interrupt }
      if ready.contains(1) { try readErrors() }
      if ready.contains(0), let bytes = try output.file.readSome() { return bytes.isEmpty ? .end : .output(bytes) }
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
  mutating func end(before deadline: Int?) throws(SystemError) -> ExitReason? {
    if let deadline, try waitUntilReadable([process.exit.file], deadline: deadline).isEmpty {
      process.killGroup()
      _ = try process.wait()
      return nil
    }
    // The group may have members that outlive their leader.
    process.killGroup()
    let reason = try process.wait().reason
    try readErrors()
    return reason
  }
}
