internal import Model
internal import YAML

/// The top-level keys of a file, for the decoder and for the JSON Schema.
enum FileKey: String, CaseIterable {
  case description, variables, workloads, strategies, sweep, zip, exclude, baseline, trials, warmup, order, seed
  case timeout, retries
  case maxFailed = "max_failed"
  case origin, arrivals
  case maxRate = "max_rate"
  case allowRemote = "allow_remote"
  case warmupTasks = "warmup_tasks"
  case record, plugins, hooks, env

  /// Keys that begin so are for anchors.
  static let ignoredPrefix = "x-"

  var help: String {
    switch self {
    case .description: "One sentence: what the experiment asks."
    case .variables: "Names for texts: ${name}. A list is an axis of the plugins that use it."
    case .workloads: "Labels of the work, and its parameters; plugin defaults to the label. Or a list of names."
    case .strategies:
      "Labels of the ways to do the work, and their parameters; plugin defaults to the label. Or a list of names."
    case .sweep: "An axis for every strategy that has the parameter and doesn't set it: { max_workers: [1, 2, 4] }."
    case .zip: "Axes that move together: [a, b], or [[a, b], [c, d]] for two pairs."
    case .exclude: "Cells to leave out: [{ workload: web, max_workers: \">8\" }]."
    case .baseline: "The strategy that the others are compared with. Default: sync, else the first."
    case .trials: "Measured trials of each cell: 10, or { count: 10, precision: 5%, max: 50, budget: 10min }."
    case .warmup: "Trials before those, kept as rows, left out of summaries."
    case .order: "blocks: every cell once, in random order, then again; sequential: cell after cell."
    case .seed: "Of the order."
    case .timeout: "Of one trial; then it is killed, with all that it started."
    case .retries: "How often a trial is run again that isn't ok. Each attempt is a row, and the last one counts."
    case .maxFailed: "The share of tasks that may fail before a trial counts as failed."
    case .origin: "How the embedded HTTP server answers ${origin}/…; a list is an axis."
    case .arrivals: "An open loop: tasks become due whether or not a worker is free, at a rate, or at a ramp of rates."
    case .maxRate: "Requests that may begin, in each trial, by all workers together: 50/s. Default: no limit."
    case .allowRemote: "More than 1,000 requests of a run to these hosts: { hosts: [example.com], max_requests: 5000 }."
    case .warmupTasks: "Tasks that each trial does, unrecorded, before its clock starts."
    case .record: "tasks: a row of tasks.csv for each task, and timeline.json."
    case .plugins: "Programs with strategies of their own, relative to the file: [./mine.py]."
    case .hooks: "Commands around the run and its trials: each a program and its arguments; no shell."
    case .env:
      "Environment variables of each cell, for hooks, programs, commands and external plugins: { A: ${max_workers} }."
    }
  }
}

extension ParameterSchema {
  /// A setting of the file itself.
  init(
    _ key: FileKey, _ type: ParameterType, default defaultValue: Value? = nil, minimum: Double? = nil,
    maximum: Double? = nil
  ) {
    self.init(
      key.rawValue, type, default: defaultValue, minimum: minimum, maximum: maximum, help: key.help)
  }
}

extension Node {
  subscript(key: FileKey) -> Node? { self[key.rawValue] }
}
