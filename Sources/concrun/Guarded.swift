internal import ArgumentParser
internal import OS

/// Runs the body of a command in a process of its own, below a guardian that ends all that it leaves behind.
///
/// To be called while this process has one thread. Such a process must not have used libcurl.
///
/// - Throws: in the process that the user started, an exit with the status of the body's process.
func guarded(_ body: () throws -> Void) throws {
  let role: Guardian.Role
  do throws(SystemError) {
    role = try Guardian.begin()
  } catch {
    Console.error("concrun: no process can be started: \(error)")
    throw ExitCode(ExitStatus.refused)
  }
  switch role {
  case .runner: try body()
  case .ended(.exited(let status)): if status != ExitStatus.done { throw ExitCode(status) }
  case .ended(.signalled(let signal)): ThisProcess.die(of: signal)
  case .guardianLost:
    Console.error("concrun: somebody killed the guardian of this run (crguardian), so it was stopped")
    throw ExitCode(ExitStatus.refused)
  }
}
