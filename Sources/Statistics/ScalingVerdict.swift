package import Model

/// What the levels of a strategy, doing one kind of work, come to: how far adding workers helps.
package struct ScalingVerdict: Hashable, Sendable {
  /// The smallest number of workers that is surely faster than the baseline: the COST of McSherry, Isard & Murray
  /// (HotOS 2015).
  package enum Cost: Hashable, Sendable {
    case workers(Int)
    /// No level is.
    case none
  }

  /// One of its cells, for what they have in common.
  package var workload: String
  package var strategy: String
  package var cellID: String
  package var levels: [Value?]
  /// Different numbers of workers that were measured, and came through.
  package var workers: [Int]
  /// Those of the cell with the smallest median.
  package var fastest: Int?
  /// The smallest within 5 % of the best median of the strategy and the work; `nil` if it is another curve's, or has too
  /// few trials.
  package var recommended: Int?
  /// `nil`: there is nothing to compare with, or too few trials for that.
  package var cost: Cost?
  /// How many different numbers of workers there were: no more than tasks.
  package var fittedLevels = 0
  /// `nil`: too few levels, or trials.
  package var fit: ScalingFit?
}

/// One verdict for each strategy that has several levels, in the order of the cells.
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

  var all: [ScalingVerdict] {
    let levelled = cells.indices.filter { cells[$0].maxWorkers != nil && !summaries[$0].isOpenLoop }
    let curves = Dictionary(grouping: levelled) { cells[$0].curve }
    return curves.values.filter { $0.count > 1 }.sorted { $0[0] < $1[0] }.map { curve in
      verdict(curve.sorted { (cells[$0].maxWorkers ?? 0) < (cells[$1].maxWorkers ?? 0) })
    }
  }

  /// - Parameter curve: the fewest workers first.
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
