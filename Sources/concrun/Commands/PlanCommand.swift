internal import ArgumentParser
internal import ExperimentFile
internal import Reports

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
    let report = PlanReport(experiments.map(\.plan), output: output)
    switch format {
    case .table: try report.text(to: Console.output)
    case .csv: try report.csv(to: Console.outputData)
    case .json: try Console.outputData(JSONText.pretty(report.json))
    }
  }
}
