package import SystemPackage
package import Time

/// The first or the last bytes of what a process prints: a flood of output takes no memory.
package struct BoundedText: Sendable {
  private var bytes: [UInt8] = []
  package let limit: Int
  /// Whether there was more.
  package private(set) var isCut = false
  private let keepsEnd: Bool

  package static func head(_ limit: Int) -> BoundedText { BoundedText(limit: limit, keepsEnd: false) }
  package static func tail(_ limit: Int) -> BoundedText { BoundedText(limit: limit, keepsEnd: true) }

  private init(limit: Int, keepsEnd: Bool) {
    self.limit = limit
    self.keepsEnd = keepsEnd
  }

  package mutating func append(_ more: [UInt8]) {
    isCut = isCut || bytes.count + more.count > limit
    if keepsEnd {
      bytes += more
      if bytes.count > 2 * limit { bytes.removeFirst(bytes.count - limit) }
    } else {
      bytes += more.prefix(limit - bytes.count)
    }
  }

  package var text: String { String(decoding: keepsEnd ? bytes.suffix(limit) : bytes[...], as: UTF8.self) }

  /// The last line that isn't blank.
  package var lastLine: String? {
    text.split(whereSeparator: \.isNewline).last { !$0.allSatisfy(\.isWhitespace) }.map(String.init)
  }
}

/// A program whose output is read while it runs.
package struct CapturedProcess: ~Copyable {
  private var process: ChildProcess
  private let outputPipe: Descriptor
  private let errorPipe: Descriptor

  private let readsOutput: Bool
  package private(set) var output: BoundedText
  package private(set) var errorTail = BoundedText.tail(8 << 10)
  /// How much it wrote to its standard output until now, where that is read.
  package private(set) var outputBytes = 0

  /// - Parameters:
  ///   - keepsOutput: whether anyone wants its standard output; if not, it goes to /dev/null.
  ///   - outputLimit: how much of it is kept.
  package init(
    _ arguments: [String], environment: [String], standardInput: borrowing Descriptor, keepsOutput: Bool,
    outputLimit: Int = 4 << 20, ownGroup: Bool = false
  ) throws(SystemError) {
    readsOutput = keepsOutput
    output = BoundedText.head(outputLimit)
    let (errorRead, errorWrite) = try Descriptor.pipe().split()
    let errorPipe = Descriptor(owning: errorRead)
    let errorEnd = Descriptor(owning: errorWrite)
    let (outputRead, outputWrite) =
      keepsOutput ? try Descriptor.pipe().split() : (try Descriptor.null().release(), try Descriptor.null().release())
    let outputPipe = Descriptor(owning: outputRead)
    let outputEnd = Descriptor(owning: outputWrite)
    try errorPipe.setNonblocking()
    try outputPipe.setNonblocking()
    let process = try ChildProcess(
      arguments, environment: environment, standardInput: standardInput, standardOutput: outputEnd,
      standardError: errorEnd, ownGroup: ownGroup)
    self.errorPipe = errorPipe
    self.outputPipe = outputPipe
    self.process = process
  }

  /// The program's peak resident bytes as far as they were seen: at its start, after 1 ms, after 2, 4 … 64, and then
  /// every 64.
  package private(set) var sampledPeak: Int?
  private var nextSample = Instant.distantPast
  private var sampleInterval = Nanoseconds.milliseconds(1)

  private mutating func sample() {
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
    var outputFile: FileDescriptor? = readsOutput ? outputPipe.file : nil
    var errorFile: FileDescriptor? = errorPipe.file
    while true {
      if MonotonicClock.now() >= nextSample { sample() }
      let ready = try waitUntilReadable(
        [outputFile, errorFile, process.exit.file, other], deadline: min(nextSample, deadline ?? .distantFuture))
      if ready.isEmpty, MonotonicClock.now() < deadline ?? .distantFuture { continue }
      if ready.isEmpty || ready.contains(3) { return false }
      if ready.contains(0), try take(from: outputPipe.file) == .closed { outputFile = nil }
      if ready.contains(1), try take(from: errorPipe.file) == .closed { errorFile = nil }
      if ready.contains(2) { break }
    }
    return try take(from: process.exit.file) == .ended
  }

  /// What becomes readable while it runs: its standard output, where that is kept, and error, and its end.
  package var files: [FileDescriptor] {
    (readsOutput ? [outputPipe.file] : []) + [errorPipe.file, process.exit.file]
  }

  package enum Progress: Hashable, Sendable {
    case running
    /// There is nothing more to be read from this file.
    case closed
    case ended
  }

  /// Reads what is there now, within reason, from one of `files` that can be read.
  @discardableResult
  package mutating func take(from file: FileDescriptor) throws(SystemError) -> Progress {
    if file == process.exit.file {
      for stream in files.dropLast() {
        try take(from: stream)
      }
      return .ended
    }
    for _ in 0..<64 {
      guard let bytes = try file.readSome() else { return .running }
      if bytes.isEmpty { return .closed }
      if file == errorPipe.file {
        errorTail.append(bytes)
      } else {
        output.append(bytes)
        outputBytes += bytes.count
      }
    }
    return .running
  }

  package mutating func wait() throws(SystemError) -> (reason: ExitReason, usage: ResourceUsage) {
    try process.wait()
  }

  package func killGroup() {
    process.killGroup()
  }
}
