package import SystemPackage

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

  package private(set) var output = BoundedText.head(4 << 20)
  package private(set) var errorTail = BoundedText.tail(8 << 10)

  /// - Parameter keepsOutput: whether anyone wants its standard output; if not, it goes to /dev/null.
  package init(
    _ arguments: [String], environment: [String], standardInput: borrowing Descriptor, keepsOutput: Bool,
    ownGroup: Bool = false
  ) throws(SystemError) {
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
  private var nextSample = 0
  private var sampleInterval = 1_000_000

  private mutating func sample() {
    if let peak = peakResidentBytes(of: process.pid) { sampledPeak = peak }
    nextSample = MonotonicClock.now() + sampleInterval
    sampleInterval = min(64_000_000, sampleInterval * 2)
  }

  /// Reads until the program has ended (what it left running may keep the pipes open), the moment has come, or
  /// something else asks for attention.
  ///
  /// - Returns: false when it hasn't ended.
  @discardableResult
  package mutating func readToEnd(deadline: Int? = nil, orUntil other: FileDescriptor? = nil) throws(SystemError)
    -> Bool
  {
    var outputFile: FileDescriptor? = outputPipe.file
    var errorFile: FileDescriptor? = errorPipe.file
    while true {
      if MonotonicClock.now() >= nextSample { sample() }
      let ready = try waitUntilReadable(
        [outputFile, errorFile, process.exit.file, other], deadline: min(nextSample, deadline ?? .max))
      if ready.isEmpty, MonotonicClock.now() < deadline ?? .max { continue }
      if ready.isEmpty || ready.contains(3) { return false }
      if ready.contains(0), try !Self.drain(outputFile, into: &output) { outputFile = nil }
      if ready.contains(1), try !Self.drain(errorFile, into: &errorTail) { errorFile = nil }
      if ready.contains(2) { break }
    }
    try Self.drain(outputFile, into: &output)
    try Self.drain(errorFile, into: &errorTail)
    return true
  }

  /// All that is there now, within reason; false at the end of the stream.
  @discardableResult
  private static func drain(_ file: FileDescriptor?, into text: inout BoundedText) throws(SystemError) -> Bool {
    guard let file else { return false }
    for _ in 0..<64 {
      guard let bytes = try file.readSome() else { return true }
      if bytes.isEmpty { return false }
      text.append(bytes)
    }
    return true
  }

  package mutating func wait() throws(SystemError) -> (reason: ExitReason, usage: ResourceUsage) {
    try process.wait()
  }

  package func killGroup() {
    process.killGroup()
  }
}
