internal import ArgumentParser
internal import ExperimentFile
internal import Model
internal import OS
internal import Reports
internal import Results

struct TimelineCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "timeline", abstract: "Draw what each worker of a trial did, and when, as SVG.",
    discussion: """
      Needs a run of a file with 'record: tasks'. Its timeline.json opens in https://ui.perfetto.dev, too. Several \
      --cell are drawn one below the other, on one scale.
      """)

  @Argument(help: ArgumentHelp("A run.", valueName: "run"), completion: .runs)
  var path: String

  @Option(
    name: .customLong("cell"), parsing: .singleValue,
    help: ArgumentHelp("The id of a cell. Default: all, if they are few.", valueName: "id"))
  var cells: [String] = []

  @Option(help: ArgumentHelp("Which block's trials; 0 is the warm-up.", valueName: "n"))
  var block = 1

  @Option(
    name: .shortAndLong, help: ArgumentHelp("Where the drawing goes; default: standard output.", valueName: "file"))
  var output: String?

  /// The most cells that one picture shows well.
  private static let fewCells = 12

  func run() throws {
    do {
      try draw()
    } catch let error as InputError {
      Console.error("concrun: \(error)")
      throw ExitCode(ExitStatus.noInput)
    }
  }

  private func draw() throws {
    let folder = try RunFolder.locate(path)
    guard Files.kind(of: folder.timeline) == .file else {
      throw InputError(folder.timeline, "there is no such file: the experiment has to say 'record: tasks'")
    }
    let bytes = try folder.read(folder.timeline)
    var ids: [String] = []
    var blocks: [Int] = []
    let wanted = Set(cells)
    let found = TimelineEvents.read(bytes) { trial in
      if !ids.contains(trial.cellID) { ids.append(trial.cellID) }
      if !blocks.contains(trial.block) { blocks.append(trial.block) }
      return trial.block == block && (wanted.isEmpty || wanted.contains(trial.cellID))
    }
    for cell in cells where !ids.contains(cell) {
      let hint = spellingHint(for: cell, among: ids).map { ": \($0)" } ?? ""
      throw ValidationError("no trial of this run is of a cell '\(cell)'\(hint)")
    }
    guard !found.isEmpty else {
      let known = blocks.map { "--block \($0)" }.joined(separator: ", ")
      throw ValidationError(
        "this run has no such trial in block \(block)" + (known.isEmpty ? "" : "; there is \(known)"))
    }
    guard !wanted.isEmpty || found.count <= Self.fewCells else {
      throw ValidationError(
        "name some of its \(ids.count) cells by --cell:\n  " + ids.sorted().joined(separator: "\n  "))
    }
    let order = cells.isEmpty ? ids.sorted() : cells
    let panels = order.flatMap { id in
      found.filter { $0.identity.cellID == id }.map { trial, timeline in
        TimelineReport.Panel(title: id, timeline: timeline, status: trial.status, workers: trial.workers)
      }
    }
    let drawing = TimelineReport(panels).svg
    guard let output else { return try Console.outputData(drawing) }
    do {
      try Files.write(Array(drawing.utf8), to: output)
    } catch {
      Console.error("concrun: \(output): \(error)")
      throw ExitCode(ExitStatus.cantWrite)
    }
  }
}
