internal import ArgumentParser
internal import ExperimentFile
internal import Reports
internal import Runs

enum ComparisonFormat: String, CaseIterable, ExpressibleByArgument {
  case table, json, markdown
}

struct CompareCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "compare", abstract: "Compare two runs, cell by cell; exit 1 on a regression.",
    discussion: """
      A cell is worse, or better, where the whole 95 % interval of new over base is beyond 1 + threshold, and beyond what \
      two runs of the same differ by on this machine ('concrun doctor' measures that). It is the same where the whole \
      interval is within, and else inconclusive. Two builds are told apart better by one run that has both: as strategies \
      of the plugin 'program', or as an axis.
      """)

  @Argument(help: ArgumentHelp("The run to compare with.", valueName: "base"), completion: .runs)
  var base: String

  @Argument(help: ArgumentHelp("The run that is judged.", valueName: "new"), completion: .runs)
  var new: String

  @Option(help: ArgumentHelp("The smallest difference that matters, such as 5%.", valueName: "share"))
  var threshold = "5%"

  @Option(help: "How to print it.")
  var format = ComparisonFormat.table

  func validate() throws {
    if shareOption(threshold) == nil {
      throw ValidationError("--threshold \(threshold): write a share from 0 to 1, such as 5% or 0.05")
    }
  }

  func run() throws {
    let runs = try Inputs.runs([base, new])
    let comparison = RunPair(
      base: runs[0], new: runs[1], threshold: shareOption(threshold) ?? 0.05, floor: RunFacts.noiseFloor())
    let report = ComparisonReport(comparison)
    switch format {
    case .table: try Console.output(report.text)
    case .json: try Console.outputData(JSONText.pretty(report.json))
    case .markdown: try Console.output(report.markdown)
    }
    guard !comparison.cells.isEmpty else {
      Console.error("concrun: \(base) and \(new) have no cell in common that is the same: nothing was compared")
      throw ExitCode(ExitStatus.noInput)
    }
    if comparison.regressions > 0 { throw ExitCode(ExitStatus.notOK) }
  }
}
