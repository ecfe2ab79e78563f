internal import Model

/// The search for conditions that a reader of the numbers should be warned of.
struct WarningDetection {
  private let columns: TrialColumns
  private let context: SummaryContext
  private let cells: [SummaryContext.Cell]
  private let samples: [CellSample]
  private let summaries: [Summary]
  /// True for a work that computes all the time, as a single worker shows. Works without a single worker are missing.
  private var isCPUBound: [SummaryContext.Identity: Bool] = [:]

  init(
    columns: TrialColumns, context: SummaryContext, cells: [SummaryContext.Cell], samples: [CellSample],
    summaries: [Summary]
  ) {
    self.columns = columns
    self.context = context
    self.cells = cells
    self.samples = samples
    self.summaries = summaries
    for index in cells.indices where summaries[index][.workers] == 1 {
      guard let load = load(index) else { continue }
      isCPUBound[cells[index].work] = load >= 0.8 || isCPUBound[cells[index].work] == true
    }
  }

  var warnings: [RunWarning] {
    [
      context.isSequential ? .sequential : nil, context.makesClaims ? tooFewTrials : nil, trend, bimodal, outliers,
      oversubscribed, clientSaturated, coarseClock, recordingCosts,
      observedDiffers, idleWorkers, rateLimited, overloaded,
    ].compactMap(\.self)
  }

  private var closed: [Int] { cells.indices.filter { !summaries[$0].isOpenLoop } }

  /// Returns the cells that show a condition, the worst one first, and its measure; `nil` if none does.
  ///
  /// - Parameter measure: returns how strongly a cell shows the condition; `nil` if it doesn't.
  private func worst(_ indices: [Int], _ measure: (Int) -> Double?) -> (cells: RunWarning.Cells, most: Double)? {
    let found = indices.compactMap { index in measure(index).map { (index, $0) } }.sorted { $0.1 > $1.1 }
    return found.first.map { (found.map { cells[$0.0].id }, $0.1) }
  }

  private var tooFewTrials: RunWarning? {
    let found = worst(Array(cells.indices)) { index in
      let count = samples[index].times.count
      return count < MedianInterval.minimumCount ? -Double(count) : nil
    }
    return found.map { .tooFewTrials($0.cells, fewest: Int(-$0.most)) }
  }

  private var trend: RunWarning? {
    // Between two runs, a machine may well change.
    guard Set(columns.blocks.map(\.run)).count == 1, let trend = Trend(closed.map { samples[$0] }, columns.blocks),
      trend.isNotable
    else { return nil }
    return .trend(trend)
  }

  private var bimodal: RunWarning? {
    let modes = Dictionary(
      uniqueKeysWithValues: closed.compactMap { index in Modes(ofSorted: samples[index].times).map { (index, $0) } })
    let found = worst(closed) { index in modes[index].map { $0.high / $0.low } }
    guard let found, let index = cells.firstIndex(where: { $0.id == found.cells[0] }), let example = modes[index] else {
      return nil
    }
    return .bimodal(found.cells, example)
  }

  /// Warns above 10 %. In bell-shaped samples of ten, one value in twenty is beyond the fences.
  private var outliers: RunWarning? {
    let counted = closed.filter { summaries[$0][.outliers] != nil }
    let count = counted.reduce(0) { $0 + Int(summaries[$1][.outliers] ?? 0) }
    let trials = counted.reduce(0) { $0 + samples[$1].times.count }
    return count >= 3 && 10 * count > trials ? .outliers(count: count, trials: trials) : nil
  }

  // MARK: - Bottlenecks

  /// Returns the CPU time as a share of the time that the computing threads had; `nil` if it isn't known.
  private func load(_ index: Int) -> Double? {
    guard let cores = context.effectiveCores, let wall = summaries[index][.wallMedian], wall > 0,
      let cpu = summaries[index][.cpuMedian], let threads = cells[index].computingThreads
    else { return nil }
    return cpu / (wall * min(cores, Double(threads)))
  }

  private var oversubscribed: RunWarning? {
    guard let cores = context.effectiveCores else { return nil }
    let found = worst(closed) { index in
      guard cells[index].workersUseCPUs, let workers = summaries[index][.workers], workers > cores.rounded(.up),
        isCPUBound[cells[index].work] == true
      else { return nil }
      return workers
    }
    return found.map { .oversubscribed($0.cells, cores: cores) }
  }

  private var clientSaturated: RunWarning? {
    let found = worst(Array(cells.indices)) { index in
      guard isCPUBound[cells[index].work] == false, let load = load(index), load >= 0.9 else { return nil }
      return load
    }
    return found.map { .clientSaturated($0.cells) }
  }

  private var idleWorkers: RunWarning? {
    let found = worst(Array(cells.indices)) { index in
      guard let asked = cells[index].maxWorkers, let workers = summaries[index][.workers], Double(asked) > workers
      else { return nil }
      return Double(asked) / workers
    }
    return found.map { .idleWorkers($0.cells) }
  }

  private var rateLimited: RunWarning? {
    let found = worst(closed) { index in
      guard let limit = cells[index].rateLimit, let rate = summaries[index][.tasksPerSecond], rate >= 0.95 * limit
      else { return nil }
      return rate / limit
    }
    return found.map { .rateLimited($0.cells) }
  }

  /// Warns if less than 95 % of the arriving tasks were done, and half of the tasks waited longer than they took.
  private var overloaded: RunWarning? {
    let found = worst(cells.indices.filter { summaries[$0].isOpenLoop }) { index in
      let row = summaries[index]
      guard let arrivals = arrivalRate(index), let done = row[.tasksPerSecond], done < 0.95 * arrivals,
        let response = row[.responseP50], let service = row[.taskP50], response > 2 * service
      else { return nil }
      return arrivals / done
    }
    return found.map { .overloaded($0.cells) }
  }

  /// Returns the rate at which tasks came in, in tasks a second; `nil` if there was no schedule.
  private func arrivalRate(_ index: Int) -> Double? {
    guard let arrivals = cells[index].arrivals, arrivals.ramp != nil else { return cells[index].arrivals?.rate }
    let tasks = columns.values(.tasksOK)
    let counts = samples[index].ok.map { tasks[Int($0)] }.filter(\.isFinite)
    return counts.isEmpty ? nil : arrivals.meanRate(of: Int(counts.reduce(0, +) / Double(counts.count)))
  }

  // MARK: - Clocks

  private var coarseClock: RunWarning? {
    guard let step = context.clockStep else { return nil }
    let found = worst(closed) { index in
      guard let wall = summaries[index][.wallMedian], wall < 1000 * step else { return nil }
      return -wall
    }
    return found.map { .coarseClock($0.cells, step: step) }
  }

  /// Warns of tasks under 100 µs. Recording one takes about a microsecond: two readings of CPU time, and a mark or two.
  private var recordingCosts: RunWarning? {
    guard context.recordsTasks else { return nil }
    let found = worst(closed) { index in
      guard let task = summaries[index][.taskP50], task < 1e-4 else { return nil }
      return -task
    }
    return found.map { .recordingCosts($0.cells) }
  }

  private var observedDiffers: RunWarning? {
    let wall = columns.values(.measure(.wall))
    let observed = columns.values(.measure(.observed))
    let found = worst(Array(cells.indices)) { index in
      let ratios = samples[index].ok.compactMap { row -> Double? in
        let ratio = observed[Int(row)] / wall[Int(row)]
        return ratio.isFinite ? abs(ratio - 1) : nil
      }
      guard let median = Descriptive.median(ofSorted: ratios.sorted()), median > 0.05 else { return nil }
      return median
    }
    return found.map { .observedDiffers($0.cells, by: $0.most) }
  }
}
