internal import ArgumentParser
internal import Model
internal import Results
internal import Statistics

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
    let sets = RunSet.group(try FinishedRun.readAll(runs))
    if format == .csv {
      try Console.output(csv(sets))
      return
    }
    var records: [Value] = []
    for set in sets {
      let analysis = set.analysis
      switch format {
      case .table:
        try Console.output(set.report(analysis).text)
        Console.warn(analysis.warnings)
      case .markdown: try Console.output(set.report(analysis).markdown)
      case .json: records.append(SummaryRecord(set, analysis).value)
      case .csv: break
      }
    }
    if format == .json { try Console.output(JSONText.pretty(Value.list(records))) }
  }

  /// One header for all of them: every axis and every metric that any run has.
  private func csv(_ sets: [RunSet]) -> String {
    var axes: [String] = []
    for axis in sets.flatMap(\.axes).map(\.name) where !axes.contains(axis) { axes.append(axis) }
    var metrics: [String] = []
    for metric in sets.flatMap(\.columns.metrics) where !metrics.contains(metric) { metrics.append(metric) }
    var bytes = CSV.line(SummaryTable(experiment: "", axes: axes, metrics: metrics).header)
    for set in sets {
      let table = SummaryTable(experiment: set.experiment, axes: axes, metrics: metrics)
      let axisPlaces = axes.map { name in set.axes.firstIndex { $0.name == name } }
      let metricPlaces = metrics.map { set.columns.metrics.firstIndex(of: $0) }
      for var summary in set.analysis.cells {
        summary.levels = axisPlaces.map { $0.flatMap { summary.levels[$0] } }
        summary.metrics = metricPlaces.map { $0.flatMap { summary.metrics[$0] } }
        bytes += CSV.line(table.row(summary).map(\.description))
      }
    }
    return String(decoding: bytes, as: UTF8.self)
  }
}
