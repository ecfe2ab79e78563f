internal import ArgumentParser
internal import FoundationEssentials
internal import Model
internal import Results
internal import Statistics

enum SummaryFormat: String, CaseIterable, ExpressibleByArgument {
  case table, csv, json, markdown
}

struct SummaryCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "summary", abstract: "Print the statistics of runs.",
    discussion: "RUN is a run's folder, its trials.csv, or an experiment's results folder (its latest run).")

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
    for (index, run) in loaded.enumerated() {
      try show(run, isFirst: index == 0, previous: index > 0 ? loaded[index - 1] : nil)
    }
  }

  private func show(_ run: FinishedRun, isFirst: Bool, previous: FinishedRun?) throws {
    let summaries = run.summaries
    let table = SummaryTable(experiment: run.manifest.experiment, axes: run.table.axes)
    switch format {
    case .table: try Console.output(run.report.text)
    case .markdown: try Console.output(run.report.markdown)
    case .csv:
      let bytes = table.csv(summaries)
      let hasSameHeader = previous.map { $0.table.axes == run.table.axes } ?? false
      let text = String(decoding: bytes, as: UTF8.self)
      try Console.output(hasSameHeader ? String(text.drop { $0 != "\n" }.dropFirst()) : text)
    case .json:
      let rows = summaries.map { summary in
        Dictionary(zip(table.header, table.row(summary)).filter { !$1.isNull }, uniquingKeysWith: { first, _ in first })
      }
      let encoder = JSONEncoder()
      encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
      try Console.output(String(decoding: encoder.encode(rows), as: UTF8.self) + "\n")
    }
  }
}

/// A run, read back from its files.
private struct FinishedRun {
  let manifest: Manifest
  let table: TrialTable
  let trials: [Trial]

  static func read(_ path: String) throws(InputError) -> FinishedRun {
    let folder = try RunFolder.locate(path)
    let (table, trials) = try TrialTable.read(try folder.read(folder.trials), path: folder.trials)
    let manifest = try Manifest.read(try folder.read(folder.manifest), path: folder.manifest)
    return FinishedRun(manifest: manifest, table: table, trials: trials)
  }

  private var axes: [Axis] {
    manifest.plan.axes.map { Axis(name: $0.name, side: Axis.Side(rawValue: $0.side) ?? .work) }
  }

  var summaries: [Summary] {
    let shared = axes.filter { $0.side == .work }.map(\.name)
    let cells = manifest.plan.cells.map { cell in
      SummaryContext.Cell(
        id: cell.cellID, baseline: cell.baseline,
        work: ([cell.workload] + shared.map { cell.levels[$0]?.description ?? "" }).joined(separator: "\n"))
    }
    return summarise(trials, SummaryContext(cells: cells, makesClaims: manifest.plan.makesClaims))
  }

  var report: ResultReport {
    ResultReport(
      experiment: manifest.experiment, axes: axes, baseline: manifest.plan.baseline,
      makesClaims: manifest.plan.makesClaims, summaries: summaries)
  }
}
