package import Model

/// The identity of a run: the first columns of every row of trials.csv.
package struct RunIdentity: Hashable, Sendable {
  /// The start of the run in UTC, such as `20261122T081500Z`, followed by -2, -3 … if that id was taken.
  package var runID: String
  /// The name of the experiment.
  package var experiment: String
  /// The name of the host.
  package var host: String

  /// Makes the identity of a run.
  package init(runID: String, experiment: String, host: String) {
    self.runID = runID
    self.experiment = experiment
    self.host = host
  }
}

/// The columns of a trials.csv, and the conversion between trials and rows.
package struct TrialTable: Hashable, Sendable {
  /// The names of the axes, `max_workers` among them.
  package var axes: [String]
  /// The names of the metrics.
  package var metrics: [String]

  /// Makes a table of these axes and metrics.
  package init(axes: [String], metrics: [String]) {
    self.axes = axes
    self.metrics = metrics
  }

  /// The names of all columns.
  package var header: [String] {
    ColumnNames.identity + axes + ColumnNames.course + ColumnNames.measures + metrics
  }

  /// Returns the row of a trial: one value for each column of the header.
  package func row(_ trial: Trial, of run: RunIdentity) -> [Value] {
    func optional(_ value: Int?) -> Value { value.map(Value.integer) ?? .null }
    func optional(_ value: Double?) -> Value { value.map(Value.number) ?? .null }
    func optional(_ value: String?) -> Value { value.map(Value.string) ?? .null }

    let identity: [Value] = [
      .string(run.runID), .string(run.experiment), .string(run.host), .string(trial.cellID), .string(trial.workload),
      .string(trial.strategy),
    ]
    let course: [Value] = [
      optional(trial.workers), .integer(trial.block), .integer(trial.position), .integer(trial.trial),
      .boolean(trial.isWarmup), .integer(trial.attempt), .string(trial.startedAt), .string(trial.status.rawValue),
      optional(trial.error), optional(trial.tasks), optional(trial.tasksOK), optional(trial.tasksFailed),
      optional(trial.bytes), optional(trial.checksum),
    ]
    return identity + trial.levels.map { $0 ?? .null } + course
      + Measure.allCases.map { optional(trial.measures[$0]) } + trial.metrics.map { optional($0) }
  }
}

extension TrialTable {
  /// Makes the table of any program's header, with its known columns in any order.
  ///
  /// Axes stand between `strategy` and `workers`, metrics after the measures.
  init(otherHeader header: [String]) {
    let known = Set(ColumnNames.course + ColumnNames.measures)
    let metrics = Self.lastMeasure(header).map { header[($0 + 1)...].filter { !known.contains($0) } }
    let axes = Self.axes(header)?.filter { !known.contains($0) } ?? []
    let isMissing = !axes.contains(ParameterName.maxWorkers) && header.contains(ParameterName.maxWorkers)
    self.init(axes: axes + (isMissing ? [ParameterName.maxWorkers] : []), metrics: metrics ?? [])
  }

  private static func axes(_ header: [String]) -> [String]? {
    guard let strategy = header.firstIndex(of: "strategy"), let workers = header.firstIndex(of: "workers"),
      strategy < workers
    else { return nil }
    return Array(header[(strategy + 1)..<workers])
  }

  private static func lastMeasure(_ header: [String]) -> Int? {
    header.lastIndex(of: Measure.allCases[Measure.allCases.count - 1].rawValue)
  }

  /// Makes a trial of the values of a row's columns; `nil` if an indispensable one is missing.
  ///
  /// - Parameter value: returns the value of a column by name, or `nil` if it is missing.
  package func trial(_ value: (String) -> Value?) -> Trial? {
    guard let cellID = value("cell_id")?.string, let workload = value("workload")?.string,
      let strategy = value("strategy")?.string, let block = value("block")?.integer,
      let status = value("status")?.string.flatMap(TrialStatus.init)
    else { return nil }
    var trial = Trial(
      cellID: cellID, workload: workload, strategy: strategy,
      levels: axes.map { name in value(name).flatMap { $0.isNull ? nil : $0 } }, workers: value("workers")?.integer,
      block: block, position: value("position")?.integer ?? 0, trial: value("trial")?.integer ?? 0,
      isWarmup: value("warmup")?.boolean ?? false, startedAt: value("started_at")?.string ?? "")
    trial.attempt = value("attempt")?.integer ?? 1
    trial.status = status
    trial.error = value("error")?.string
    trial.tasks = value("tasks")?.integer
    trial.tasksOK = value("tasks_ok")?.integer
    trial.tasksFailed = value("tasks_failed")?.integer
    trial.bytes = value("bytes")?.integer
    trial.checksum = value("checksum")?.string
    for measure in Measure.allCases {
      trial.measures[measure] = value(measure.rawValue)?.number
    }
    trial.metrics = metrics.map { value($0)?.number }
    return trial
  }
}

extension TrialTable {
  /// Returns the value that a field of CSV holds; `nil` for an empty field.
  ///
  /// - Parameters:
  ///   - isText: whether the column holds texts, even if they look like numbers.
  ///   - isLevel: whether the column is an axis. Its value reads back as the same text.
  package static func value(_ field: String, isText: Bool, isLevel: Bool) -> Value? {
    if field.isEmpty { return nil }
    if isText { return .string(field) }
    let value: Value
    if let integer = Int(field) {
      value = .integer(integer)
    } else if let number = Double(field), number.isFinite {
      value = .number(number)
    } else {
      value = field == "true" ? .boolean(true) : field == "false" ? .boolean(false) : .string(field)
    }
    // A level may be a text that looks like a number: 007 stays a text.
    return isLevel && value.description != field ? .string(field) : value
  }
}
