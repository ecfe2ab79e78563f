internal import ArgumentParser
internal import ExperimentFile
internal import Model
internal import OS
internal import Reports
internal import Runner

enum ProgressMode: String, CaseIterable, ExpressibleByArgument {
  /// A live line on a terminal, plain lines elsewhere.
  case auto
  case plain
  case none
}

struct RunCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "run", abstract: "Run experiment files and write CSV. The default.")

  @OptionGroup var inputs: PathArguments
  @OptionGroup var overriding: OverrideOptions

  @Option(name: .shortAndLong, help: ArgumentHelp("Where results go.", valueName: "dir"), completion: .directory)
  var output = "results"

  @Flag(help: "Go on with the newest run of each experiment that has planned trials missing.")
  var resume = false

  @Flag(help: "Print the plan, and run nothing.")
  var dryRun = false

  @Option(help: "How progress is shown.")
  var progress = ProgressMode.auto

  @Flag(name: .shortAndLong, help: "No progress, no tables: only problems.")
  var quiet = false

  @Flag(name: .shortAndLong, help: "A line for each task, too.")
  var verbose = false

  func validate() throws {
    if output.isEmpty { throw ValidationError("--output needs the name of a folder") }
  }

  func run() throws {
    if dryRun {
      return try PlanReport(experiments().map(\.plan), output: output).text(to: Console.output)
    }
    try guarded { try measure(experiments()) }
  }

  private func experiments() throws -> [LoadedExperiment] {
    try Inputs.load(inputs.paths, overriding.overrides())
  }

  private func measure(_ experiments: [LoadedExperiment]) throws {
    Guardian.leaveGroup()
    let interrupts = try Interrupts()
    let inherited = Descendants.children()
    let descriptor = interrupts.descriptor.file
    let source = InterruptSource(file: descriptor) { Interrupts.next(from: descriptor) }
    let options = SessionOptions(
      output: output, isResuming: resume, isQuiet: quiet, isVerbose: verbose, progress: quiet ? .none : progress)
    let executors = LocalExecutorFactory(
      executable: ThisProcess.executable, environment: ThisProcess.environment, interrupts: source, leftovers: .killed)
    announce(experiments.map(\.plan))
    var status = ExitStatus.done
    for experiment in experiments {
      let session = ExperimentSession(
        experiment: experiment, options: options, executors: executors, interrupts: source, inherited: inherited)
      let outcome = try session.run()
      status = max(status, outcome)
      if outcome > 128 { break }
    }
    withExtendedLifetime(interrupts.descriptor.raw) {}
    if status != ExitStatus.done { throw ExitCode(status) }
  }

  private func announce(_ plans: [Plan]) {
    guard !quiet, plans.count > 1 else { return }
    let cells = plans.reduce(0) { $0 + $1.cells.count }
    let least = plans.reduce(0) { $0 + $1.trialCounts.lowerBound }
    let most = plans.reduce(0) { $0 + $1.trialCounts.upperBound }
    Console.error(
      "\(Humanize.plural(plans.count, "experiment")), \(Humanize.plural(cells, "cell")), "
        + Humanize.plural(least...most, "trial"))
  }
}
