internal import CLinux
import Glibc
internal import SystemPackage
internal import Time

/// A process between the one that the user started and the runner, which ends everything that a run leaves behind.
///
/// The process that the user started (the front) forks the guardian, and the guardian forks the runner. So all that the
/// runner starts is below the guardian, and whichever of the three is killed, another one sees it and ends the rest:
///
/// - The front is killed: the guardian sees the end of its line to it, and kills the runner and all processes below.
/// - The runner is killed: the guardian kills what is left, and the front ends by the same signal.
/// - The guardian is killed: the runner gets SIGTERM and stops in order. The front kills what is left.
///
/// The guardian has a process group and a name of its own, so signals to groups and `killall concrun` don't reach it.
package enum Guardian {
  /// The name of the guardian's process.
  package static let name = "crguardian"

  /// The role of the process that `begin` returns in, or the end of the run.
  package enum Role: Hashable, Sendable {
    /// This process is the runner.
    case runner
    /// This process is the front, and the runner has ended.
    case ended(ExitReason)
    /// This process is the front. Somebody killed the guardian, and the run was stopped.
    case guardianLost
  }

  /// The time after which a sweep gives up on processes that don't die.
  private static let sweepLimit = Nanoseconds.seconds(10)

  /// Splits this process into front, guardian and runner. It must have one thread.
  ///
  /// The call returns at once in the runner, and in the front when the run is over. It never returns in the guardian.
  /// The runner still has the front's process group, so that it can read from a terminal; see `leaveGroup`.
  ///
  /// - Throws: an error, in the front, if a process can't be made.
  package static func begin() throws(SystemError) -> Role {
    let inherited = Descendants.children()
    Descendants.adopt()
    let signals = Descriptor(
      owning: FileDescriptor(rawValue: try check("signalfd") { clinux_signals_to_pass_on() }))
    let (frontEnd, guardianEnd) = try connection()
    let guardian = try check("fork") { clinux_fork() }
    if guardian == 0 {
      try? frontEnd.close()
      try? signals.release().close()
      // Only the runner gets here.
      return guardRunner(line: guardianEnd)
    }
    try? guardianEnd.close()
    let line = Descriptor(owning: frontEnd)
    return try stand(before: guardian, line: line.file, signals: signals.file, sparing: inherited)
  }

  /// Gives the runner a process group of its own. After that, it can't read from a terminal.
  package static func leaveGroup() {
    clinux_leave_group()
  }

  private static func connection() throws(SystemError) -> (FileDescriptor, FileDescriptor) {
    var ends: [Int32] = [-1, -1]
    let kind = Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue)
    try check("socketpair") { socketpair(AF_UNIX, kind, 0, &ends) }
    return (FileDescriptor(rawValue: ends[0]), FileDescriptor(rawValue: ends[1]))
  }
}

// MARK: - The guardian

extension Guardian {
  /// Forks the runner, and guards it to its end. Returns in the runner only.
  private static func guardRunner(line: FileDescriptor) -> Role {
    Descendants.adopt()
    let guardian = getpid()
    let runner = clinux_fork()
    if runner == 0 {
      try? line.close()
      Descendants.adopt()
      clinux_restore_signals()
      guard clinux_end_with_parent(SIGTERM, guardian) == 0 else { _exit(128 + SIGTERM) }
      return .runner
    }
    guard runner > 0, tell(runner, by: line) else {
      tell(-errno, by: line)
      _exit(1)
    }
    clinux_block_all_signals()
    setpgid(0, 0)
    clinux_set_name(name)
    if let place = ProcessRecord.argumentAddresses() {
      clinux_set_command_line(place.lowerBound, place.upperBound, name)
    }
    closeStandardStreams()
    let status = end(of: runner, line: line)
    Descendants.killAll(within: sweepLimit)
    tell(status, by: line)
    _exit(0)
  }

  /// Waits for the end of the runner, passes signals on to it, and kills it when the front is gone.
  ///
  /// - Returns: the status as `wait` has it.
  private static func end(of runner: pid_t, line: FileDescriptor) -> Int32 {
    let exit = clinux_pidfd_open(runner)
    var status: Int32 = 0
    var stopped: Set<Int32> = []
    var isAlone = false
    while true {
      // Without a descriptor for its end, the runner is looked at now and then.
      let deadline = exit < 0 ? MonotonicClock.now() + .milliseconds(20) : nil
      let ready = try? waitUntilReadable(
        [exit < 0 ? nil : FileDescriptor(rawValue: exit), isAlone ? nil : line], deadline: deadline)
      if ready?.contains(1) == true {
        switch word(from: line) {
        case SIGSTOP?: stopped = Descendants.stopAll()
        case SIGCONT?: Descendants.continueAll(stopped)
        case let number?: kill(runner, number)
        case nil:
          isAlone = true
          kill(runner, SIGKILL)
        }
      }
      if waitpid(runner, &status, WNOHANG) == runner { return status }
    }
  }

  /// Nobody must wait for output of the guardian.
  private static func closeStandardStreams() {
    let null = open("/dev/null", O_RDWR | O_CLOEXEC)
    guard null >= 0 else { return }
    for number in [STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO] { dup2(null, number) }
    if null > STDERR_FILENO { close(null) }
  }
}

// MARK: - The front

extension Guardian {
  /// Passes signals on, and waits for the end of the run.
  private static func stand(
    before guardian: pid_t, line: FileDescriptor, signals: FileDescriptor, sparing inherited: Set<Int32>
  ) throws(SystemError) -> Role {
    guard let runner = word(from: line) else { return lost(guardian, runner: nil, signals, inherited) }
    if runner < 0 {
      waitpid(guardian, nil, 0)
      throw SystemError("fork", Errno(rawValue: -runner))
    }
    while true {
      let ready = try waitUntilReadable([line, signals], deadline: MonotonicClock.now() + .seconds(1))
      // Somebody may have stopped the guardian.
      if ready.isEmpty { kill(guardian, SIGCONT) }
      if ready.contains(1) { passOn(signals) { tell($0, by: line) } }
      guard ready.contains(0) else { continue }
      guard let status = word(from: line) else { return lost(guardian, runner: runner, signals, inherited) }
      waitpid(guardian, nil, 0)
      return .ended(ExitReason(status: status))
    }
  }

  /// Sees to the end of a run whose guardian was killed. The runner got SIGTERM by that.
  private static func lost(
    _ guardian: pid_t, runner: pid_t?, _ signals: FileDescriptor, _ inherited: Set<Int32>
  ) -> Role {
    // Once the guardian is reaped, its children are the front's.
    waitpid(guardian, nil, 0)
    if let runner {
      // The runner may have hooks to run, so it takes its time.
      while waitpid(runner, nil, WNOHANG) == 0 {
        let ready = try? waitUntilReadable([signals], deadline: MonotonicClock.now() + .milliseconds(20))
        if ready?.isEmpty == false { passOn(signals) { kill(runner, $0) } }
      }
    }
    Descendants.killAll(sparing: inherited, within: sweepLimit)
    return .guardianLost
  }

  /// Passes a signal on that came to the front. By Ctrl-Z all processes of the run stand still, and then the front.
  private static func passOn(_ signals: FileDescriptor, _ send: (Int32) -> Void) {
    guard let number = Interrupts.next(from: signals) else { return }
    guard number == SIGTSTP else { return send(number) }
    send(SIGSTOP)
    clinux_stop()
    send(SIGCONT)
  }
}

// MARK: - The line between the two

extension Guardian {
  /// - Returns: false if the other side is gone.
  @discardableResult
  private static func tell(_ word: Int32, by line: FileDescriptor) -> Bool {
    (try? line.writeFully(withUnsafeBytes(of: word) { Array($0) })) != nil
  }

  /// The next number that the other side told; `nil` if it is gone.
  private static func word(from line: FileDescriptor) -> Int32? {
    var bytes: [UInt8] = []
    while bytes.count < 4 {
      guard let more = try? line.readSome(limit: 4 - bytes.count), !more.isEmpty else { return nil }
      bytes += more
    }
    return bytes.withUnsafeBytes { $0.loadUnaligned(as: Int32.self) }
  }
}
