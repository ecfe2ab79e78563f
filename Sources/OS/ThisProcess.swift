internal import CLinux
import Glibc
internal import Synchronization
package import SystemPackage

/// What a process knows of itself.
package enum ThisProcess {
  /// The path of the program that runs.
  package static var executable: String { Files.linkTarget("/proc/self/exe") ?? CommandLine.arguments[0] }

  /// Its environment variables by name.
  package static var environment: [String: String] {
    var result: [String: String] = [:]
    var place = clinux_environment()
    while let entry = place.pointee {
      let text = String(cString: entry)
      if let equals = text.firstIndex(of: "=") {
        result[String(text[..<equals])] = String(text[text.index(after: equals)...])
      }
      place += 1
    }
    return result
  }

  /// Its environment as `environmentTexts` has it, to be handed on.
  package static var environmentTexts: [String] { OS.environmentTexts(environment) }

  /// Held by the thread that ends the process, so that no other ends it before that one has cleaned up.
  private static let ending = Mutex<Void>(())

  /// Ends the process, unless another thread is doing that already.
  package static func exit(_ status: Int32) -> Never {
    ending.withLock { _ in Glibc.exit(status) }
  }

  /// Ends the process by a signal, as if somebody had sent it.
  package static func die(of signal: Int32) -> Never {
    clinux_die_of(signal)
  }

  /// Writing to a pipe that nobody reads, or beyond a limit on file sizes, is an error from now on, not a death.
  package static func surviveFailedWrites() {
    clinux_survive_failed_writes()
  }

  /// Lets this process, and those that it starts, have as many files open as it may: a connection is one.
  package static func raiseOpenFileLimit() {
    var limit = rlimit()
    guard getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit) == 0 else { return }
    limit.rlim_cur = limit.rlim_max
    setrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit)
  }

  /// Where standard input, output or error is missing, /dev/null takes its place: results must never get its number.
  package static func fillStandardDescriptors() {
    _ = clinux_fill_standard_descriptors()
  }

  /// Kills all that this process started, and ends it, as soon as the other end of its standard input is gone.
  ///
  /// For a process whose children may have children: a death signal reaches only the first of them. What they leave
  /// behind is this process's to end, so it has to stay until it is told to go.
  ///
  /// - Parameter farewell: is done before; it says the status to end with.
  /// - Returns: the thread that waits for that (joining it is waiting for the end), and where what comes by standard input
  ///   can be read from now on.
  package static func endWithStandardInput(
    farewell: @escaping @Sendable () -> Int32 = { 0 }
  ) throws(SystemError) -> (ending: OSThread, input: FileDescriptor) {
    Descendants.adopt()
    _ = clinux_outlive_parent()
    let (input, forward) = try Descriptor.pipe().split()
    let thread = try OSThread.spawn {
      while let bytes = try? FileDescriptor.standardInput.readSome(), !bytes.isEmpty {
        try? forward.writeFully(bytes)
      }
      let status = farewell()
      ending.withLock { _ in
        Descendants.killAll()
        _exit(status)
      }
    }
    return (thread, input)
  }

  /// From now on, a number grows by 1 whenever this process goes on after a stop.
  ///
  /// - Parameter counter: the address of an `Int` that stays valid as long as this process lives.
  package static func countContinuations(in counter: UnsafeMutableRawPointer) {
    clinux_count_continuations(counter.assumingMemoryBound(to: Int.self))
  }

  /// Keeps standard output for the caller: whatever else is printed goes to standard error.
  package static func claimStandardOutput() throws(SystemError) -> Descriptor {
    let raw = try check("dup") { fcntl(STDOUT_FILENO, F_DUPFD_CLOEXEC, 10) }
    try check("dup2") { dup2(STDERR_FILENO, STDOUT_FILENO) }
    return Descriptor(owning: FileDescriptor(rawValue: raw))
  }

  /// All that standard input has, from its start; it must be a file.
  package static func standardInputFile() throws(SystemError) -> [UInt8] {
    try FileDescriptor.standardInput.bytes(from: 0, to: FileDescriptor.standardInput.size())
  }
}
