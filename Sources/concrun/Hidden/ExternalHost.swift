internal import Board
internal import Conversation
internal import ExternalPlugins
internal import Model
internal import OS
internal import PluginKit
internal import Synchronization

/// One trial of an external plugin, hosted by a process between the plugin and the runner.
///
/// Whatever the plugin does, this process keeps to the conversation, fills the board, and ends everything that the
/// plugin started.
struct ExternalHost {
  let program: String

  /// The plugin's trial, shared with the thread that ends this process.
  ///
  /// Sendable: the main thread stops using it before it sets `isDone`, and the other thread doesn't use it before that.
  private final class Hosted: @unchecked Sendable {
    var plugin: Plugin?
    let isDone = Atomic<Bool>(false)

    final class Plugin {
      var trial: ExternalTrial
      init(_ trial: consuming ExternalTrial) {
        self.trial = trial
      }
    }
  }

  func serve(
    _ preparation: Preparation, to output: borrowing Descriptor, from messages: inout MessageSource,
    ending: inout OSThread?
  ) throws {
    do {
      try converse(preparation, to: output, from: &messages, ending: &ending)
    } catch {
      throw HostedPluginError(program: program, error: error)
    }
  }

  private func converse(
    _ preparation: Preparation, to output: borrowing Descriptor, from messages: inout MessageSource,
    ending: inout OSThread?
  ) throws {
    let workload = try TrialProcess.workload(of: preparation)
    let board = try Board.create(in: Board.descriptor, taskCount: workload.taskCount)
    preparation.arrivals.map { board.schedule($0.schedule(board.taskCount)) }
    var portable = preparation
    portable.program = nil
    portable.answers = nil
    portable.work = try workload.portable(preparation.work ?? [:])

    let hosted = Hosted()
    let program = program
    (ending, messages.file) = try ThisProcess.endWithStandardInput {
      guard hosted.isDone.load(ordering: .acquiring), let problem = hosted.plugin?.trial.end() else { return 0 }
      Console.error("\(program): \(problem)")
      return 1
    }
    let plugin = Hosted.Plugin(
      try ExternalTrial(program, environment: ThisProcess.environmentTexts))
    hosted.plugin = plugin
    try plugin.trial.prepare(portable)
    try output.write(PluginMessage.ready.line())
    guard case .run = try messages.next() else { throw ConversationError.ended(before: "run") }
    var done = try plugin.trial.run(on: board, maxWorkers: preparation.parameters[ParameterName.maxWorkers]?.integer)
    done.expectedChecksum = workload.expectedChecksum.map(checksumText)
    hosted.isDone.store(true, ordering: .releasing)
    try output.write(PluginMessage.done(done).line())
  }
}

/// An error of a plugin, with the program that made it.
struct HostedPluginError: Error, CustomStringConvertible {
  let program: String
  let error: any Error
  var isCrash: Bool { (error as? PluginError)?.isCrash == true }

  var description: String { "\(program): \(error)" }
}
