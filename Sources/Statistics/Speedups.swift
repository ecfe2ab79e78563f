internal import Model

/// The resamples of a table, made when they are first needed, and the medians of the cells in them.
final class SharedResamples {
  private let columns: TrialColumns
  private let seed: UInt64
  private(set) lazy var drawn = BlockResamples(
    blockCount: columns.blocks.count, resamples: BlockResamples.affordable(columns), seed: seed)

  init(_ columns: TrialColumns, seed: UInt64 = BlockResamples.seed) {
    self.columns = columns
    self.seed = seed
  }

  func medians(_ sample: CellSample) -> [Double] { drawn.medians(ofSorted: sample.times, blocks: sample.blocks) }
}

/// Ratios of medians of cells of one run: against the baseline, and against one worker of the same strategy.
struct Speedups {
  private let cells: [SummaryContext.Cell]
  private let samples: [CellSample]
  private let resamples: SharedResamples
  private let places: [String: Int]

  init(cells: [SummaryContext.Cell], samples: [CellSample], resamples: SharedResamples) {
    self.cells = cells
    self.samples = samples
    self.resamples = resamples
    places = Dictionary(zip(cells.map(\.id), cells.indices), uniquingKeysWith: { first, _ in first })
  }

  /// Writes speedups, their intervals and efficiencies into the summaries.
  ///
  /// Single intervals are percentile intervals of resampled blocks. Efficiency is the speedup over one worker, divided
  /// by the workers; only cells whose workers use CPUs have it.
  func compare(_ summaries: inout [Summary]) {
    let bases = Set(cells.flatMap { [$0.baseline, $0.oneWorker] }.compactMap { place($0) })
    let ofBases = Dictionary(
      uniqueKeysWithValues: bases.filter { samples[$0].isComparable && cells.count > 1 }.map {
        ($0, resamples.medians(samples[$0]))
      })
    var family: SimultaneousIntervals?
    for index in cells.indices where !summaries[index].isOpenLoop {
      let hasBase = [cells[index].baseline, cells[index].oneWorker].contains { place($0).map { $0 != index } ?? false }
      let own = hasBase && samples[index].isComparable ? ofBases[index] ?? resamples.medians(samples[index]) : []

      /// Compares the cell with a base.
      ///
      /// - Returns: the resampled medians of both, if there are any.
      func compare(
        with base: Int, as column: SummaryColumn, low: SummaryColumn, high: SummaryColumn
      ) -> (base: [Double], own: [Double])? {
        guard let ratio = ratio(base, index) else { return nil }
        summaries[index][column] = ratio
        guard base != index, let ofBase = ofBases[base], !own.isEmpty else { return nil }
        let interval = BlockResamples.interval(base: ofBase, other: own)
        summaries[index][low] = interval?.low
        summaries[index][high] = interval?.high
        return (ofBase, own)
      }

      if let base = place(cells[index].baseline),
        let (ofBase, own) = compare(
          with: base, as: .speedupVsBaseline, low: .speedupVsBaselineCILow, high: .speedupVsBaselineCIHigh),
        let ratio = summaries[index][.speedupVsBaseline]
      {
        if family == nil { family = SimultaneousIntervals(resamples: own.count) }
        family?.add(
          index, ratio: ratio, resampled: zip(ofBase, own).map { $0 / $1 },
          blocks: min(samples[base].times.count, samples[index].times.count))
      }
      if let base = place(cells[index].oneWorker) {
        _ = compare(
          with: base, as: .speedupVsOneWorker, low: .speedupVsOneWorkerCILow, high: .speedupVsOneWorkerCIHigh)
        if cells[index].workersUseCPUs, let speedup = summaries[index][.speedupVsOneWorker] {
          summaries[index][.efficiency] = summaries[index][.workers].map { speedup / $0 }
        }
      }
    }
    for (index, interval) in family?.intervals() ?? [:] {
      summaries[index][.speedupSimultaneousLow] = interval.low
      summaries[index][.speedupSimultaneousHigh] = interval.high
    }
  }

  private func place(_ id: String?) -> Int? { id.flatMap { places[$0] } }

  private func ratio(_ base: Int, _ other: Int) -> Double? {
    guard let base = samples[base].median, let median = samples[other].median, base.isFinite, median.isFinite,
      median > 0
    else { return nil }
    return base / median
  }
}
