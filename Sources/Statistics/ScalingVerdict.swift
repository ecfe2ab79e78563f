package import Model

/// The verdict on a strategy's levels with one kind of work: how far adding workers helps.
package struct ScalingVerdict: Hashable, Sendable {
  /// The smallest number of workers that is surely faster than the baseline.
  ///
  /// Source: the COST of McSherry, Isard & Murray, HotOS 2015. A simultaneous interval lies wholly above 1.
  package enum Cost: Hashable, Sendable {
    case workers(Int)
    /// No level is surely faster.
    case none
  }

  /// The label of the workload.
  package var workload: String
  /// The label of the strategy.
  package var strategy: String
  /// The id of the curve's cell with the fewest workers.
  package var cellID: String
  /// The levels of that cell, one place for each axis; `nil` if the cell doesn't use the axis.
  package var levels: [Value?]
  /// The numbers of workers whose cells had no failures, ascending.
  package var workers: [Int]
  /// The number of workers of the cell with the smallest median; `nil` if every cell had failures.
  package var fastest: Int?
  /// The smallest number of workers within 5 % of the best median of the strategy and the work.
  ///
  /// `nil` if that level is on another curve, or has too few trials.
  package var recommended: Int?
  /// The COST of the strategy; `nil` without a baseline, or with too few trials.
  package var cost: Cost?
  /// The number of levels for a fit. Levels above the number of tasks count as one.
  package var fittedLevels = 0
  /// The best model; `nil` with too few levels or trials.
  package var fit: ScalingFit?
}

/// The verdicts of a run: one for each strategy that has several levels.
struct ScalingVerdicts {
  private let cells: [SummaryContext.Cell]
  private let samples: [CellSample]
  private let summaries: [Summary]
  private let resamples: SharedResamples

  init(cells: [SummaryContext.Cell], samples: [CellSample], summaries: [Summary], resamples: SharedResamples) {
    self.cells = cells
    self.samples = samples
    self.summaries = summaries
    self.resamples = resamples
  }

  /// The verdicts, in the order of the cells.
  var all: [ScalingVerdict] {
    let levelled = cells.indices.filter { cells[$0].maxWorkers != nil && !summaries[$0].isOpenLoop }
    let curves = Dictionary(grouping: levelled) { cells[$0].curve }
    return curves.values.filter { $0.count > 1 }.sorted { $0[0] < $1[0] }.map { curve in
      verdict(curve.sorted { (cells[$0].maxWorkers ?? 0) < (cells[$1].maxWorkers ?? 0) })
    }
  }

  /// Returns the verdict on one curve.
  ///
  /// - Parameter curve: places of its cells, the fewest workers first.
  private func verdict(_ curve: [Int]) -> ScalingVerdict {
    let row = summaries[curve[0]]
    let sound = curve.filter { samples[$0].isSound }
    let fastest = sound.min { (samples[$0].median ?? .infinity) < (samples[$1].median ?? .infinity) }
    let points = points(sound)
    return ScalingVerdict(
      workload: row.workload, strategy: row.strategy, cellID: row.cellID, levels: row.levels,
      workers: Set(sound.compactMap { cells[$0].maxWorkers }).sorted(),
      fastest: fastest.flatMap { cells[$0].maxWorkers },
      recommended: sound.first { summaries[$0].isRecommended == true && summaries[$0][.wallCILow] != nil }
        .flatMap { cells[$0].maxWorkers },
      cost: cost(sound), fittedLevels: points.levels,
      fit: points.levels >= ScalingFit.leastLevels ? points.fit(resamples.drawn) : nil)
  }

  private func cost(_ curve: [Int]) -> ScalingVerdict.Cost? {
    let winner = curve.first { (summaries[$0].simultaneous?.low ?? 0) > 1 }
    if let winner { return cells[winner].maxWorkers.map { .workers($0) } }
    let isKnown = !curve.isEmpty && curve.allSatisfy { summaries[$0].simultaneous != nil }
    return isKnown ? ScalingVerdict.Cost.none : nil
  }

  private func points(_ curve: [Int]) -> ScalingCurve {
    ScalingCurve(
      curve.flatMap { index -> [ScalingCurve.Observation] in
        guard let workers = summaries[index][.workers].map({ Int($0) }) ?? cells[index].maxWorkers else { return [] }
        return zip(samples[index].times, samples[index].blocks).compactMap { time, block in
          time > 0 && time.isFinite ? .init(workers: workers, block: block, time: time) : nil
        }
      })
  }
}
