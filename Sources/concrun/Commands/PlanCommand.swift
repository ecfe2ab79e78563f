internal import ArgumentParser
internal import ExperimentFile

enum PlanFormat: String, CaseIterable, ExpressibleByArgument {
  case table, csv, json
}

struct PlanCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "plan", abstract: "Print the cells, what was excluded and why, and a time estimate.")

  @OptionGroup var inputs: PathArguments
  @OptionGroup var overriding: OverrideOptions

  @Option(help: "How to print it.")
  var format = PlanFormat.table

  @Option(
    name: .shortAndLong, help: ArgumentHelp("Where earlier results are, for the estimate.", valueName: "dir"),
    completion: .directory)
  var output = "results"

  func run() throws {
    let experiments = try Inputs.load(inputs.paths, overriding.overrides())
    try PlanDisplay(plans: experiments.map(\.plan), output: output).show(format)
  }
}
