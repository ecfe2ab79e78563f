internal import ArgumentParser
internal import FoundationEssentials
internal import Model
internal import Results

enum SummaryFormat: String, CaseIterable, ExpressibleByArgument {
  case table, csv, json, markdown
}

struct SummaryCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "summary", abstract: "Print the statistics of runs.",
    discussion: "RUN is a run's folder, a trials.csv, or an experiment's results folder (its latest run).")

  @Argument(help: ArgumentHelp("Runs.", valueName: "run"))
  var runs: [String]

  @Option(help: "How to print it.")
  var format = SummaryFormat.table

  func run() throws {
    var loaded: [FinishedRun] = []
    for path in runs {
      do {
        loaded.append(try FinishedRun.read(path))
      } catch {
        Console.error("concrun: \(error)")
        throw ExitCode(ExitStatus.noInput)
      }
    }
    switch format {
    case .table:
      for run in loaded { try Console.output(run.report.text) }
    case .markdown:
      for run in loaded { try Console.output(run.report.markdown) }
    case .csv: try Console.output(csv(loaded))
    case .json: try Console.output(json(loaded))
    }
  }

  /// One header for all of them: every axis that any run has.
  private func csv(_ runs: [FinishedRun]) -> String {
    var axes: [String] = []
    for axis in runs.flatMap(\.axes).map(\.name) where !axes.contains(axis) { axes.append(axis) }
    var bytes = CSV.line(SummaryTable(experiment: "", axes: axes).header)
    for run in runs {
      let table = SummaryTable(experiment: run.experiment, axes: axes)
      let places = axes.map { name in run.axes.firstIndex { $0.name == name } }
      for var summary in run.summaries {
        summary.levels = places.map { $0.flatMap { summary.levels[$0] } }
        bytes += CSV.line(table.row(summary).map(\.description))
      }
    }
    return String(decoding: bytes, as: UTF8.self)
  }

  private func json(_ runs: [FinishedRun]) throws -> String {
    let rows = runs.flatMap { run in
      let table = SummaryTable(experiment: run.experiment, axes: run.axes.map(\.name))
      return run.summaries.map { summary in
        Dictionary(zip(table.header, table.row(summary)).filter { !$1.isNull }, uniquingKeysWith: { first, _ in first })
      }
    }
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    return String(decoding: try encoder.encode(rows), as: UTF8.self) + "\n"
  }
}
