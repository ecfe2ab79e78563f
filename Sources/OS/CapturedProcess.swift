package import SystemPackage
package import Time

/// A program whose output is read while it runs.
package struct CapturedProcess: ~Copyable {
  private var process: ChildProcess
  private var outputStream: KeptStream
  private var errorStream: KeptStream
  private let readsOutput: Bool

  /// The first bytes of its standard output, where that is read.
  package var output: BoundedText { outputStream.text }
  /// The first bytes of its standard error, where they are kept.
  package var errors: BoundedText { errorStream.other }
  /// The last bytes of its standard error.
  package var errorTail: BoundedText { errorStream.text }
  /// The number of bytes that it wrote to its standard output until now, where that is read.
  package var outputBytes: Int { outputStream.byteCount }

  /// Starts a program.
  ///
  /// - Parameters:
  ///   - environment: all of it, as `NAME=value`.
  ///   - keepsOutput: whether its standard output is read; if not, it goes to /dev/null.
  ///   - outputLimit: the number of bytes of it that are kept.
  ///   - errorLimit: the number of bytes from the beginning of its standard error that are kept, beside the end of it.
  package init(
    _ arguments: [String], environment: [String], standardInput: borrowing Descriptor, keepsOutput: Bool,
    outputLimit: Int = 4 << 20, errorLimit: Int = 0
  ) throws(SystemError) {
    readsOutput = keepsOutput
    let (errorRead, errorWrite) = try Descriptor.pipe().split()
    let errorStream = try KeptStream(
      Descriptor(owning: errorRead), keeping: .tail(8 << 10), and: .head(errorLimit))
    let errorEnd = Descriptor(owning: errorWrite)
    let (outputRead, outputWrite) =
      keepsOutput ? try Descriptor.pipe().split() : (try Descriptor.null().release(), try Descriptor.null().release())
    let outputStream = try KeptStream(Descriptor(owning: outputRead), keeping: .head(outputLimit))
    let outputEnd = Descriptor(owning: outputWrite)
    let process = try ChildProcess(
      arguments, environment: environment, standardInput: standardInput, standardOutput: outputEnd,
      standardError: errorEnd)
    self.errorStream = errorStream
    self.outputStream = outputStream
    self.process = process
  }

  /// The program's peak resident bytes as far as they were seen: at its start, after 1 ms, after 2, 4 … 64, and then
  /// every 64.
  package private(set) var sampledPeak: Int?
  private var nextSample = Instant.distantPast
  private var sampleInterval = Nanoseconds.milliseconds(1)

  /// Whether the program was stopped while it ran, as far as that was seen when samples were taken.
  package private(set) var wasStopped = false

  private mutating func sample() {
    if process.wasStopped { wasStopped = true }
    if let peak = peakResidentBytes(of: process.pid) { sampledPeak = peak }
    nextSample = MonotonicClock.now() + sampleInterval
    sampleInterval = min(.milliseconds(64), sampleInterval * 2)
  }

  /// Reads until the program has ended (what it left running may keep the pipes open), the moment has come, or
  /// something else asks for attention.
  ///
  /// - Parameter samplesPeak: whether `sampledPeak` is wanted.
  /// - Returns: false when it hasn't ended.
  @discardableResult
  package mutating func readToEnd(
    deadline: Instant? = nil, orUntil other: FileDescriptor? = nil, samplesPeak: Bool = true
  ) throws(SystemError) -> Bool {
    if !samplesPeak { nextSample = .distantFuture }
    while true {
      if MonotonicClock.now() >= nextSample { sample() }
      let ready = try waitUntilReadable(
        [readsOutput ? outputStream.file : nil, errorStream.file, process.exit.file, other],
        deadline: min(nextSample, deadline ?? .distantFuture))
      if ready.isEmpty, MonotonicClock.now() < deadline ?? .distantFuture { continue }
      if ready.isEmpty || ready.contains(3) { return false }
      if ready.contains(0) { try outputStream.read() }
      if ready.contains(1) { try errorStream.read() }
      if ready.contains(2) { break }
    }
    return try take(from: process.exit.file) == .ended
  }

  /// Reads until the program has ended, or patience is lost.
  ///
  /// - Parameter limit: nanoseconds, as `Patience` counts them.
  /// - Returns: false when it hasn't ended.
  package mutating func readToEnd(within limit: Nanoseconds) throws(SystemError) -> Bool {
    var patience = Patience(limit, with: process.pid)
    while try !readToEnd(deadline: patience.nextLook, samplesPeak: false) {
      if !patience.lasts() { return false }
    }
    return true
  }

  /// The descriptors that become readable while it runs: its standard output, where that is kept, and error, and its
  /// end.
  package var files: [FileDescriptor] {
    (readsOutput ? [outputStream.end] : []) + [errorStream.end, process.exit.file]
  }

  /// What reading from one of `files` led to.
  package enum Progress: Hashable, Sendable {
    case running
    /// There is nothing more to be read from this file.
    case closed
    case ended
  }

  /// Reads what is there now, within reason, from one of `files` that can be read.
  @discardableResult
  package mutating func take(from file: FileDescriptor) throws(SystemError) -> Progress {
    switch file {
    case process.exit.file:
      if readsOutput { try outputStream.read() }
      try errorStream.read()
      return .ended
    case errorStream.end:
      try errorStream.read()
      return errorStream.file == nil ? .closed : .running
    default:
      try outputStream.read()
      return outputStream.file == nil ? .closed : .running
    }
  }

  /// Waits for its end, and says how it ended and what it used.
  package mutating func wait() throws(SystemError) -> (reason: ExitReason, usage: ResourceUsage) {
    try process.wait()
  }

  /// Kills the program and all that it started; `wait` is still to be called.
  package func killTree() {
    process.killTree()
  }
}
