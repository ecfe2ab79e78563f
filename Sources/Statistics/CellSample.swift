internal import Model

/// The trials of one cell.
struct CellSample {
  let identity: TrialColumns.CellIdentity
  /// Times of the ok trials, and infinity for each timeout; sorted.
  let times: [Double]
  /// The block of each time, in the order of the times.
  let blocks: [Int32]
  /// The rows of the ok trials in the table.
  let ok: [Int32]
  let trialCount: Int
  let timeouts: Int
  /// The number of trials that took more than one attempt.
  let retried: Int
  private let first: Int32?

  /// Takes a cell's trials from a table.
  ///
  /// - Parameters:
  ///   - rows: the rows of the cell's trials.
  ///   - measure: the measure that counts as a trial's time.
  init(_ columns: TrialColumns, cell: Int, rows: some Collection<Int32>, timedBy measure: Measure) {
    identity = columns.cells[cell]
    let values = columns.values(.measure(measure))
    var timed: [(time: Double, block: Int32)] = []
    var ok: [Int32] = []
    var count = 0
    var timeouts = 0
    for row in rows {
      count += 1
      switch columns.statuses[Int(row)] {
      case .ok:
        ok.append(row)
        if values[Int(row)].isFinite { timed.append((values[Int(row)], columns.blockOfTrial[Int(row)])) }
      case .timeout:
        timeouts += 1
        timed.append((.infinity, columns.blockOfTrial[Int(row)]))
      case .failed, .crashed, .wrong: break
      }
    }
    timed.sort { ($0.time, $0.block) < ($1.time, $1.block) }
    times = timed.map(\.time)
    blocks = timed.map(\.block)
    self.ok = ok
    self.timeouts = timeouts
    first = rows.first
    trialCount = count
    retried = rows.count { columns.attempts[Int($0)] > 1 }
  }

  var median: Double? { Descriptive.median(ofSorted: times) }

  /// True for a cell that may be called fastest or recommended: no trial failed, and the median is finite.
  var isSound: Bool { trialCount == ok.count + timeouts && median?.isFinite == true }

  /// True if the times can be compared: they are enough for an interval, and their median is finite and above zero.
  var isComparable: Bool {
    guard let median else { return false }
    return times.count >= MedianInterval.minimumCount && median > 0 && median.isFinite
  }

  /// Returns a sample for each cell of a table, in the table's order.
  static func all(of columns: TrialColumns, timedBy measure: Measure = .wall) -> [CellSample] {
    var ends = [Int](repeating: 0, count: columns.cells.count + 1)
    for cell in columns.cellOfTrial { ends[Int(cell) + 1] += 1 }
    for index in ends.indices.dropFirst() { ends[index] += ends[index - 1] }
    var places = ends
    var rows = [Int32](repeating: 0, count: columns.count)
    for (row, cell) in columns.cellOfTrial.enumerated() {
      rows[places[Int(cell)]] = Int32(row)
      places[Int(cell)] += 1
    }
    return columns.cells.indices.map {
      CellSample(columns, cell: $0, rows: rows[ends[$0]..<ends[$0 + 1]], timedBy: measure)
    }
  }
}

extension CellSample {
  /// Returns all statistics of the cell that need no other cell.
  func summary(_ columns: TrialColumns) -> Summary {
    var summary = Summary(
      cellID: identity.id, workload: identity.workload, strategy: identity.strategy, levels: identity.levels)
    let finite = times.prefix { $0.isFinite }
    summary[.workers] = (ok.first ?? first).map { Double(columns.workers[Int($0)]) }.flatMap { $0 > 0 ? $0 : nil }
    summary[.count] = Double(ok.count)
    summary[.failed] = Double(trialCount - ok.count)
    summary[.retried] = Double(retried)
    summary[.outliers] = times.isEmpty ? nil : Descriptive.outliers(ofSorted: times).map(Double.init)
    summary[.wallMedian] = median
    let interval = MedianInterval.interval(ofSorted: times)
    summary[.wallCILow] = interval?.low
    summary[.wallCIHigh] = interval?.high
    if finite.count == times.count {
      summary[.wallMean] = Descriptive.mean(times)
      summary[.wallSD] = Descriptive.standardDeviation(times)
      summary[.wallMAD] = Descriptive.medianAbsoluteDeviation(ofSorted: times)
      if let mean = summary[.wallMean], let deviation = summary[.wallSD], mean > 0 {
        summary[.wallCV] = deviation / mean
      }
    }
    summary[.wallMin] = finite.first
    summary[.wallMax] = times.last
    summary[.wallP25] = quantile(0.25, ofSorted: times)
    summary[.wallP75] = quantile(0.75, ofSorted: times)
    let wall = finite.reduce(0, +)
    if wall > 0 {
      // Rates are all the work over all the time, never an average of rates.
      summary[.tasksPerSecond] = total(.tasksOK, columns).map { $0 / wall }
      summary[.bytesPerSecond] = total(.bytes, columns).map { $0 / wall }
    }
    summary[.cpuMedian] = median(.cpu, columns)
    let medians: [(SummaryColumn, Measure)] = [
      (.maxProcessRSSMedian, .maxProcessRSS), (.taskP50, .taskP50), (.taskP99, .taskP99), (.occupancy, .occupancy),
      (.responseP50, .responseP50), (.responseP99, .responseP99),
    ]
    for (column, measure) in medians { summary[column] = median(.measure(measure), columns) }
    summary.metrics = columns.metrics.indices.map { median(.metric($0), columns) }
    summary.isSound = isSound
    return summary
  }

  /// Returns the median over the ok trials that have the number; `nil` if none has it.
  func median(_ number: TrialColumns.Number, _ columns: TrialColumns) -> Double? {
    let values = columns.values(number)
    var own = ok.compactMap { values[Int($0)].isNaN ? nil : values[Int($0)] }
    return Quickselect.quantile(0.5, of: &own)
  }

  /// Returns the sum over the ok trials that have a wall time; `nil` if one of them lacks the number.
  ///
  /// A program's single task without a size is no work to make a rate of: its sum is `nil`, too.
  private func total(_ number: TrialColumns.Number, _ columns: TrialColumns) -> Double? {
    let (wall, bytes, tasks) = (columns.values(.measure(.wall)), columns.values(.bytes), columns.values(.tasksOK))
    let timed = ok.filter { !wall[Int($0)].isNaN }
    guard !timed.isEmpty, !timed.contains(where: { bytes[Int($0)].isNaN && tasks[Int($0)] == 1 }) else { return nil }
    let values = columns.values(number)
    let sum = timed.reduce(0) { $0 + values[Int($1)] }
    return sum.isNaN ? nil : sum
  }
}
