package import SystemPackage
package import Time

/// A child process in a conversation: bytes go to its standard input and come from its standard output, and the last
/// bytes of its standard error are kept.
///
/// The process can't hold up this side of the conversation: a flood is read in pieces, and waits have limits.
package struct PipedProcess: ~Copyable {
  /// The place that the process writes its complaints to.
  package enum StandardError: Hashable, Sendable {
    /// That of this process.
    case inherited
    /// /dev/null.
    case discarded
    /// A pipe, whose last bytes are kept; see `lastWords`.
    case kept
  }

  /// A thing that happened, or the lack of one.
  package enum Event: Hashable, Sendable {
    case output([UInt8])
    /// It closed its standard output. That remains so: the same event comes again, or `ended`.
    case closed
    /// It has ended, and all its output has come. What it left running may still hold its pipes open.
    case ended
    /// The other descriptor that was waited for can be read.
    case attention
    /// The limit was reached.
    case time
  }

  private var process: ChildProcess
  private var input: Descriptor?
  private let output: Descriptor
  private var outputIsOpen = true
  private var errors: KeptStream

  /// The id of the process.
  package var pid: Int32 { process.pid }

  /// Starts a program.
  ///
  /// - Parameters:
  ///   - arguments: the program and its arguments, as for `ChildProcess`.
  ///   - environment: all of it, as `NAME=value`.
  ///   - descriptor3: a file that the child finds at descriptor 3.
  package init(
    _ arguments: [String], environment: [String], standardError: StandardError, descriptor3: FileDescriptor? = nil
  ) throws(SystemError) {
    let (inputRead, inputWrite) = try Descriptor.pipe().split()
    let inputEnd = Descriptor(owning: inputRead)
    let input = Descriptor(owning: inputWrite)
    let (outputRead, outputWrite) = try Descriptor.pipe().split()
    let output = Descriptor(owning: outputRead)
    let outputEnd = Descriptor(owning: outputWrite)
    try output.setNonblocking()
    let errors: KeptStream
    let errorEnd: Descriptor
    switch standardError {
    case .inherited:
      errors = try .none()
      errorEnd = try .duplicate(.standardError)
    case .discarded:
      errors = try .none()
      errorEnd = try .null()
    case .kept:
      let (errorRead, errorWrite) = try Descriptor.pipe().split()
      errorEnd = Descriptor(owning: errorWrite)
      errors = try KeptStream(Descriptor(owning: errorRead), keeping: .tail(8 << 10))
    }
    process = try ChildProcess(
      arguments, environment: environment, standardInput: inputEnd, standardOutput: outputEnd,
      standardError: errorEnd, descriptor3: descriptor3)
    self.input = consume input
    self.output = output
    self.errors = errors
  }

  /// Writes bytes to its standard input, and waits until they fit in the pipe. A process that has ended reads nothing:
  /// that is no error here, as the next event says it.
  package func send(_ bytes: [UInt8]) {
    switch input {
    case .some(let pipe): try? pipe.write(bytes)
    case .none: break
    }
  }

  /// Closes its standard input: there are no more messages.
  package mutating func hangUp() {
    input = nil
  }

  /// Waits for the next event.
  ///
  /// - Parameters:
  ///   - deadline: `nil` for none. What has come by then still counts.
  ///   - other: another descriptor to wait for.
  package mutating func next(
    before deadline: Instant?, orUntil other: FileDescriptor? = nil
  ) throws(SystemError) -> Event {
    while true {
      let ready = try waitUntilReadable([other, errors.file, output.file, process.exit.file], deadline: deadline)
      if ready.contains(0) { return .attention }
      if ready.contains(1) { try errors.read() }
      if ready.contains(2) || ready.contains(3) {
        // It may have written and ended between the looks at the two.
        if let bytes = try output.file.readSome() {
          if !bytes.isEmpty { return .output(bytes) }
          outputIsOpen = false
        }
        if ready.contains(3) {
          try errors.read()
          return .ended
        }
        if !outputIsOpen { return .closed }
      }
      if let deadline, MonotonicClock.now() >= deadline { return .time }
    }
  }

  /// Waits for the next event as long as patience lasts.
  ///
  /// - Parameter patience: with this process.
  package mutating func next(within patience: inout Patience) throws(SystemError) -> Event {
    while true {
      let event = try next(before: patience.nextLook)
      if event != .time || !patience.lasts() { return event }
    }
  }

  /// Whether the process was stopped, or went on, since this was asked the last time; false if it has ended.
  package var wasStopped: Bool { process.wasStopped }

  /// Whether the process, or one below it, was stopped when `end` lost patience.
  package private(set) var wasStoppedAtEnd = false

  /// The last line that isn't blank of its standard error, where that is kept.
  package var lastWords: String? { errors.text.lastLine }

  /// The last bytes of its standard error, where that is kept.
  package var errorTail: BoundedText { errors.text }

  /// Waits for its end, then kills what is left of its group. If it doesn't end, all that it started is killed, too.
  ///
  /// What it still writes is read meanwhile, so that it can't hang at a full pipe; output is dropped.
  ///
  /// - Parameter limit: as `Patience` counts time; `nil`: it is killed at once.
  /// - Returns: how it ended; `nil` if it had to be killed although there was time.
  package mutating func end(within limit: Nanoseconds?) throws(SystemError) -> ExitReason? {
    var isLate = false
    if let limit { isLate = try !endsByItself(within: limit) }
    // The group may have members that outlive their leader.
    if isLate { wasStoppedAtEnd = Descendants.tree(below: pid).contains(where: ProcessRecord.isStopped) }
    if limit == nil || isLate { process.killTree() } else { process.killGroup() }
    let reason = try process.wait().reason
    try errors.read()
    return isLate ? nil : reason
  }

  private mutating func endsByItself(within limit: Nanoseconds) throws(SystemError) -> Bool {
    var patience = Patience(limit, with: pid)
    while true {
      let ready = try waitUntilReadable(
        [process.exit.file, errors.file, outputIsOpen ? output.file : nil], deadline: patience.nextLook)
      if ready.contains(0) { return true }
      if ready.contains(1) { try errors.read() }
      if ready.contains(2), try output.file.readSome()?.isEmpty == true { outputIsOpen = false }
      if MonotonicClock.now() >= patience.nextLook, !patience.lasts() { return false }
    }
  }
}
