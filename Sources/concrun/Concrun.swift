internal import ArgumentParser
internal import ExternalPlugins
internal import OS
internal import OriginControl
internal import Strategies

/// The program. Hidden words come first: they start the processes of a trial, which must not wait for more than that.
@main
enum Concrun {
  static let version = "0.1.0"

  static func main() {
    ThisProcess.fillStandardDescriptors()
    ThisProcess.surviveFailedWrites()
    switch CommandLine.arguments.dropFirst().first {
    case TrialProcess.hiddenCommand: TrialProcess.main()
    case WorkOrder.hiddenCommand: WorkerProcess.main(CommandLine.arguments)
    case describingCommand: DescribeProcess.main(CommandLine.arguments)
    case originCommand: OriginProcess.main(CommandLine.arguments)
    default: RootCommand.main()
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
