internal import CLinux
import Glibc
package import SystemPackage

/// How a process ended.
package enum ExitReason: Hashable, Sendable, CustomStringConvertible {
  case exited(Int32)
  case signalled(Int32)

  /// Reads a status as `wait` has it.
  init(status: Int32) {
    let code = clinux_exit_status(status)
    self = code >= 0 ? .exited(code) : .signalled(clinux_exit_signal(status))
  }

  /// Whether it exited with status 0.
  package var isSuccess: Bool { self == .exited(0) }

  /// `exit status 3`, or `killed by SIGSEGV`.
  package var description: String {
    switch self {
    case .exited(let status): "exit status \(status)"
    case .signalled(let number): "killed by \(signalName(number))"
    }
  }
}

/// `SIGKILL` for 9.
package func signalName(_ number: Int32) -> String {
  let names: [Int32: String] = [
    SIGHUP: "SIGHUP", SIGINT: "SIGINT", SIGQUIT: "SIGQUIT", SIGILL: "SIGILL", SIGTRAP: "SIGTRAP", SIGABRT: "SIGABRT",
    SIGBUS: "SIGBUS", SIGFPE: "SIGFPE", SIGKILL: "SIGKILL", SIGSEGV: "SIGSEGV", SIGPIPE: "SIGPIPE",
    SIGALRM: "SIGALRM", SIGTERM: "SIGTERM", SIGXCPU: "SIGXCPU", SIGXFSZ: "SIGXFSZ", SIGSYS: "SIGSYS",
  ]
  return names[number] ?? "signal \(number)"
}

/// Returns environment variables as `NAME=value` texts, sorted, as a new process takes them.
package func environmentTexts(_ variables: [String: String]) -> [String] {
  variables.map { "\($0.key)=\($0.value)" }.sorted()
}

/// A program that this process started. It dies with the thread that started it.
///
/// It leads a process group of its own, so that a signal to its group (`kill 0`) reaches nothing else.
package struct ChildProcess: ~Copyable {
  /// The id of the process, which is not given to another before `wait`.
  package let pid: Int32
  /// Becomes readable when the process ends.
  package let exit: Descriptor
  private var isReaped = false

  /// - Parameters:
  ///   - arguments: the program (looked up in the environment's PATH unless it has a slash) and its arguments; at least
  ///     one.
  ///   - environment: all of it, as `NAME=value`.
  ///   - descriptor3: what the child finds at descriptor 3; everything above is closed.
  package init(
    _ arguments: [String], environment: [String], standardInput: borrowing Descriptor,
    standardOutput: borrowing Descriptor, standardError: borrowing Descriptor, descriptor3: FileDescriptor? = nil
  ) throws(SystemError) {
    let argv = CStringArray(arguments)
    let envp = CStringArray(environment)
    var pid: pid_t = -1
    let numbers = (standardInput.raw, standardOutput.raw, standardError.raw)
    guard let program = Self.find(arguments.first ?? "", environment) else {
      throw SystemError(arguments.first ?? "", .noSuchFileOrDirectory)
    }
    let error = program.withCString { path in
      var request = clinux_spawn_request(
        path: path, argv: argv.pointers, envp: envp.pointers, standard_input: numbers.0,
        standard_output: numbers.1, standard_error: numbers.2,
        descriptor3: descriptor3?.rawValue ?? -1)
      return clinux_spawn(&request, &pid)
    }
    guard error == 0 else { throw SystemError(arguments.first ?? "exec", .init(rawValue: error)) }
    let descriptor = clinux_pidfd_open(pid)
    guard descriptor >= 0 else {
      let error = SystemError("pidfd_open", .current)
      kill(pid, SIGKILL)
      waitpid(pid, nil, 0)
      throw error
    }
    self.pid = pid
    exit = Descriptor(owning: FileDescriptor(rawValue: descriptor))
  }

  /// The first executable file of that name in the PATH that the program itself will have.
  private static func find(_ name: String, _ environment: [String]) -> String? {
    guard !name.contains("/"), !name.isEmpty,
      let path = environment.first(where: { $0.hasPrefix("PATH=") })?.dropFirst(5)
    else { return name }
    let candidates = path.split(separator: ":").map { "\($0)/\(name)" }
    return candidates.first(where: Files.isExecutable)
  }

  /// Waits for the end, and says how it was and what it cost.
  package mutating func wait() throws(SystemError) -> (reason: ExitReason, usage: ResourceUsage) {
    var status: Int32 = 0
    var usage = rusage()
    let pid = pid
    try check("wait4") { wait4(pid, &status, 0, &usage) }
    isReaped = true
    return (ExitReason(status: status), ResourceUsage(usage))
  }

  /// Whether the process was stopped, or went on, since this was asked the last time; false if it has ended.
  package var wasStopped: Bool { clinux_was_stopped(pid) != 0 }

  /// Ends the process and its group at once; `wait` is still to be called.
  package func killGroup() {
    kill(-pid, SIGKILL)
    kill(pid, SIGKILL)
  }

  /// Ends the process, its group, and all processes below it, whatever groups these have; `wait` is still to be called.
  package func killTree() {
    Descendants.killTree(pid)
    killGroup()
  }

  deinit {
    if !isReaped {
      kill(pid, SIGKILL)
      waitpid(pid, nil, 0)
    }
  }
}

/// Strings as `argv` wants them, ended by a null pointer.
private final class CStringArray {
  let pointers: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>
  private let count: Int

  init(_ strings: [String]) {
    count = strings.count
    pointers = .allocate(capacity: count + 1)
    for (index, string) in strings.enumerated() {
      (pointers + index).initialize(to: strdup(string))
    }
    (pointers + count).initialize(to: nil)
  }

  deinit {
    for index in 0..<count {
      free(pointers[index])
    }
    pointers.deallocate()
  }
}
