internal import ArgumentParser
internal import Model
internal import Reports
internal import Runs

enum SummaryFormat: String, CaseIterable, ExpressibleByArgument {
  case table, csv, json, markdown
}

struct SummaryCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "summary", abstract: "Print the statistics of runs.",
    discussion: """
      RUN is a run's folder, a trials.csv, or an experiment's results folder (its latest run). Several runs of one \
      experiment are taken together. A table of another program will do if it has a column wall_s and one of cell_id or \
      strategy.
      """)

  @Argument(help: ArgumentHelp("Runs.", valueName: "run"), completion: .runs)
  var runs: [String]

  @Option(help: "How to print it.")
  var format = SummaryFormat.table

  func run() throws {
    let sets = RunSet.group(try Inputs.runs(runs))
    switch format {
    case .table:
      for report in sets.map(SummaryReport.init) {
        try Console.output(report.result.text)
        Console.warn(report.warnings)
      }
    case .csv: try Console.outputData(SummaryReport.csv(sets))
    case .json: try Console.outputData(JSONText.pretty(Value.list(sets.map { SummaryReport($0).json })))
    case .markdown:
      for report in sets.map(SummaryReport.init) { try Console.output(report.result.markdown) }
    }
  }
}
