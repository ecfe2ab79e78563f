internal import ArgumentParser
internal import ExperimentFile
internal import Model

/// The options that override values of the files.
struct OverrideOptions: ParsableArguments {
  @Option(
    name: .customLong("set"), parsing: .singleValue,
    help: ArgumentHelp(
      "Override a value of the file; VALUE is YAML, a bare comma list is an axis.", valueName: "KEY=VALUE"))
  var assignments: [String] = []

  @Option(
    name: .long, parsing: .singleValue,
    help: ArgumentHelp(
      "Cells to keep: strategy=threads, 'max_workers<=8', workload=web,squares. Repeats are ANDed, commas ORed.",
      valueName: "EXPR"))
  var only: [String] = []

  @Option(help: ArgumentHelp("Trials of each cell: exactly so many, whatever the precision.", valueName: "N"))
  var trials: Int?

  @Option(help: ArgumentHelp("Warm-up trials of each cell.", valueName: "N"))
  var warmup: Int?

  @Option(help: ArgumentHelp("Seed of the order.", valueName: "N"))
  var seed: Int?

  @Option(help: ArgumentHelp("Longest time of one trial, such as 30s.", valueName: "TIME"))
  var timeout: String?

  @Flag(help: "3 trials, no warm-up, no claims: to see whether the file does what you meant.")
  var quick = false

  func validate() throws {
    let counts: [(CountSetting, Int?)] = [(.trials, trials), (.warmup, warmup), (.seed, seed)]
    for (setting, value) in counts {
      if let objection = value.flatMap(setting.objection) { throw ValidationError(objection) }
    }
    _ = try overrides()
  }

  func overrides() throws -> Overrides {
    var overrides = Overrides()
    overrides.set = assignments
    overrides.only = try only.map { text in
      guard let condition = Condition(expression: text) else {
        throw ValidationError(
          "--only \(text): write NAME=VALUE, NAME=VALUE,VALUE or NAME<=NUMBER; for two conditions, --only twice")
      }
      return condition
    }
    overrides.trials = trials
    overrides.warmup = warmup
    overrides.seed = seed
    overrides.isQuick = quick
    overrides.timeout = try timeout.map { text in
      guard let seconds = timeoutOption(text) else {
        throw ValidationError("--timeout \(text): write a number and a unit, from 1ms to 168h, such as 30s")
      }
      return seconds
    }
    return overrides
  }
}

struct PathArguments: ParsableArguments {
  @Argument(
    help: ArgumentHelp("Experiment files; a folder means every *.yaml and *.yml directly in it.", valueName: "path"),
    completion: .file(extensions: ["yaml", "yml"]))
  var paths: [String] = []

  func validate() throws {
    if paths.isEmpty { throw ValidationError("Missing the path of an experiment file or of a folder of them.") }
  }
}

extension CompletionKind {
  /// Completes a run's folder, an experiment's folder, or a trials.csv.
  static var runs: CompletionKind { .file(extensions: ["csv"]) }
}
