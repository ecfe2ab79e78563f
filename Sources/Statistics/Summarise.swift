package import Model

/// What has to be known beside the trials.
package struct SummaryContext: Sendable {
  package struct Cell: Hashable, Sendable {
    package var id: String
    /// The id of the cell that it is compared with.
    package var baseline: String?
    /// The same for all cells that do the same work.
    package var work: String
    /// What tells the levels of a strategy apart, the cheapest first.
    package var maxWorkers: Int?

    package init(id: String, baseline: String?, work: String, maxWorkers: Int?) {
      self.id = id
      self.baseline = baseline
      self.work = work
      self.maxWorkers = maxWorkers
    }
  }

  /// In the order of the plan.
  package var cells: [Cell]
  /// Whether recommendations may be made.
  package var makesClaims: Bool

  package init(cells: [Cell], makesClaims: Bool) {
    self.cells = cells
    self.makesClaims = makesClaims
  }
}

/// Trials → one summary for each cell, in the order of the plan. Warm-ups are left out.
package func summarise(_ trials: [Trial], _ context: SummaryContext) -> [Summary] {
  let measured = trials.filter { !$0.isWarmup }
  let byCell = Dictionary(grouping: measured, by: \.cellID)
  let samples = context.cells.compactMap { cell in byCell[cell.id].map { CellSample($0) } }
  var summaries = samples.map { $0.summary() }
  compare(samples, context, &summaries)
  if context.makesClaims { recommend(samples, context, &summaries) }
  return summaries
}

/// The trials of one cell.
struct CellSample {
  let trials: [Trial]
  let ok: [Trial]
  /// Wall times of ok trials, and infinity for each that timed out, sorted.
  let times: [Double]
  /// In which block each time was.
  let timeOfBlock: [Int: Double]

  init(_ trials: [Trial]) {
    self.trials = trials
    ok = trials.filter { $0.status == .ok }
    let timed = trials.compactMap { trial -> (Int, Double)? in
      switch trial.status {
      case .ok: trial.measures[.wall].map { (trial.block, $0) }
      case .timeout: (trial.block, .infinity)
      case .failed, .crashed, .wrong: nil
      }
    }
    timeOfBlock = Dictionary(timed, uniquingKeysWith: { first, _ in first })
    times = timed.map(\.1).sorted()
  }

  var median: Double? { Descriptive.median(ofSorted: times) }
  /// Whether it may be called the best, or recommended.
  var isSound: Bool {
    trials.allSatisfy { $0.status == .ok || $0.status == .timeout } && median?.isFinite == true
  }

  func summary() -> Summary {
    let first = trials[0]
    var summary = Summary(
      cellID: first.cellID, workload: first.workload, strategy: first.strategy, levels: first.levels)
    let finite = times.filter(\.isFinite)
    summary[.workers] = (ok.first ?? first).workers.map(Double.init)
    summary[.count] = Double(ok.count)
    summary[.failed] = Double(trials.count - ok.count)
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
    summary[.wallP25] = Descriptive.quantile(0.25, ofSorted: times)
    summary[.wallP75] = Descriptive.quantile(0.75, ofSorted: times)
    let wall = finite.reduce(0, +)
    if wall > 0 {
      // Rates are all the work over all the time, never an average of rates.
      summary[.tasksPerSecond] = total(\.tasksOK).map { Double($0) / wall }
      summary[.bytesPerSecond] = total(\.bytes).map { Double($0) / wall }
    }
    summary[.cpuMedian] = median { trial in
      guard let user = trial.measures[.cpuUser], let system = trial.measures[.cpuSystem] else { return nil }
      return user + system
    }
    summary[.maxProcessRSSMedian] = median { $0.measures[.maxProcessRSS] }
    summary[.taskP50] = median { $0.measures[.taskP50] }
    summary[.taskP99] = median { $0.measures[.taskP99] }
    summary[.occupancy] = median { $0.measures[.occupancy] }
    summary[.responseP50] = median { $0.measures[.responseP50] }
    summary[.responseP99] = median { $0.measures[.responseP99] }
    return summary
  }

  /// `nil` unless every ok trial has it, and it isn't a program's single task.
  private func total(_ count: (Trial) -> Int?) -> Int? {
    guard !ok.isEmpty, ok.allSatisfy({ $0.bytes != nil }) else { return nil }
    return ok.reduce(Int?.some(0)) { sum, trial in sum.flatMap { sum in count(trial).map { sum + $0 } } }
  }

  private func median(_ value: (Trial) -> Double?) -> Double? {
    Descriptive.median(ofSorted: ok.compactMap(value).sorted())
  }
}

/// Speedups: ratios of medians, and intervals from resampling blocks jointly.
private func compare(_ samples: [CellSample], _ context: SummaryContext, _ summaries: inout [Summary]) {
  let blocks = Set(samples.flatMap(\.timeOfBlock.keys)).sorted()
  let places = Dictionary(uniqueKeysWithValues: summaries.enumerated().map { ($1.cellID, $0) })
  let baselines = Dictionary(context.cells.map { ($0.id, $0.baseline) }, uniquingKeysWith: { first, _ in first })
  var bootstrap: JointBootstrap?
  var resampled: [Int: [Double?]] = [:]

  func medians(_ index: Int) -> [Double?] {
    let drawn = bootstrap ?? JointBootstrap(blockCount: blocks.count)
    bootstrap = drawn
    return drawn.medians(blocks.map { samples[index].timeOfBlock[$0] })
  }

  for index in samples.indices where !summaries[index].isOpenLoop {
    guard case .some(.some(let id)) = baselines[summaries[index].cellID], let base = places[id],
      let baseMedian = samples[base].median, let median = samples[index].median, baseMedian.isFinite, median > 0,
      median.isFinite
    else { continue }
    summaries[index][.speedupVsBaseline] = baseMedian / median
    guard base != index, samples[index].times.count >= MedianInterval.minimumCount,
      samples[base].times.count >= MedianInterval.minimumCount
    else { continue }
    let ofBase = resampled[base] ?? medians(base)
    resampled[base] = ofBase
    let interval = JointBootstrap.interval(base: ofBase, other: medians(index))
    summaries[index][.speedupVsBaselineCILow] = interval?.low
    summaries[index][.speedupVsBaselineCIHigh] = interval?.high
  }
}

/// The smallest level whose median is within 5 % of the best median of its strategy and work.
private func recommend(_ samples: [CellSample], _ context: SummaryContext, _ summaries: inout [Summary]) {
  let tolerance = 1.05
  let cells = Dictionary(context.cells.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
  let groups = Dictionary(grouping: summaries.indices) { index in
    [cells[summaries[index].cellID]?.work ?? "", summaries[index].strategy]
  }
  for indices in groups.values where !indices.contains(where: { summaries[$0].isOpenLoop }) {
    let sound = indices.filter { samples[$0].isSound }
    for index in indices {
      summaries[index].isRecommended = false
    }
    guard let best = sound.compactMap({ samples[$0].median }).min() else { continue }
    let near = sound.filter { (samples[$0].median ?? .infinity) <= best * tolerance }
    let smallest = near.min { a, b in
      let (x, y) = (cells[summaries[a].cellID]?.maxWorkers ?? 0, cells[summaries[b].cellID]?.maxWorkers ?? 0)
      return x == y ? a < b : x < y
    }
    if let smallest { summaries[smallest].isRecommended = true }
  }
}
