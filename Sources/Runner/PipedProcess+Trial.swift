internal import Conversation
internal import Model
internal import OS
internal import SystemPackage

extension PipedProcess {
  /// Starts the child process of one trial.
  ///
  /// - Parameter board: the file that the child gets as descriptor 3.
  static func trial(
    executable: String, environment: [String], board: FileDescriptor
  ) throws(SystemError) -> PipedProcess {
    try PipedProcess(
      [executable, HiddenCommand.trial.rawValue], environment: environment, standardError: .kept, descriptor3: board)
  }

  func send(_ message: HostMessage) {
    guard let line = try? message.line() else { return }
    send(line)
  }
}
