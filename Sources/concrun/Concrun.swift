internal import ArgumentParser
internal import Model
internal import OS

/// The program. It checks for hidden commands first: they start the processes of a trial, which must not wait.
@main
enum Concrun {
  static let version = "0.1.0"

  static func main() {
    ThisProcess.fillStandardDescriptors()
    ThisProcess.surviveFailedWrites()
    switch CommandLine.arguments.dropFirst().first.flatMap(HiddenCommand.init) {
    case .trial: TrialProcess.main()
    case .worker: WorkerProcess.main(CommandLine.arguments)
    case .describe: DescribeProcess.main(CommandLine.arguments)
    case .origin: OriginProcess.main(CommandLine.arguments)
    case nil: run()
    }
  }

  /// Runs the command that the arguments name. Messages about arguments quote them, so they go through the console, too.
  private static func run() -> Never {
    do {
      var command = try RootCommand.parseAsRoot()
      try command.run()
      ThisProcess.exit(ExitStatus.done)
    } catch {
      let message = RootCommand.fullMessage(for: error)
      let status = RootCommand.exitCode(for: error)
      guard !message.isEmpty else { ThisProcess.exit(status.rawValue) }
      if status.isSuccess { try? Console.output(message + "\n") } else { Console.error(message) }
      ThisProcess.exit(status.rawValue)
    }
  }
}

struct RootCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "concrun",
    abstract: "Which concurrency model, and how many workers? Answers by experiment.",
    discussion: """
      concrun PATH… runs experiment files; a folder means every *.yaml and *.yml in it.
      """,
    version: Concrun.version,
    subcommands: [
      RunCommand.self, CheckCommand.self, PlanCommand.self, PluginsCommand.self, SummaryCommand.self,
      CompareCommand.self, TimelineCommand.self, OriginCommand.self, DoctorCommand.self, SchemaCommand.self,
      NewCommand.self,
    ],
    defaultSubcommand: RunCommand.self)
}
