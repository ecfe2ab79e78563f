package import Model

/// All statistics of a run, or of several runs taken together.
package struct Analysis: Sendable {
  /// A summary for each cell that has trials, in the order of the context.
  package var cells: [Summary] = []
  /// A verdict for each strategy and kind of work with several levels of workers.
  package var scaling: [ScalingVerdict] = []
  /// Conditions that a reader of the numbers should know.
  package var warnings: [RunWarning] = []

  package init() {}
}

/// Computes the statistics of trials: of each cell, and of all cells together.
///
/// Cells that the context doesn't have are left out. `docs/method.md` describes each number.
package func summarise(_ columns: TrialColumns, _ context: SummaryContext) -> Analysis {
  let places = Dictionary(uniqueKeysWithValues: columns.cells.indices.map { (columns.cells[$0].id, $0) })
  let cells = context.cells.filter { places[$0.id] != nil }
  let all = CellSample.all(of: columns)
  let samples = cells.map { all[places[$0.id] ?? 0] }
  var summaries = samples.map { $0.summary(columns) }
  let resamples = SharedResamples(columns)
  Speedups(cells: cells, samples: samples, resamples: resamples).compare(&summaries)
  var analysis = Analysis()
  if context.makesClaims {
    recommend(cells, by: samples, in: &summaries)
    analysis.scaling =
      ScalingVerdicts(cells: cells, samples: samples, summaries: summaries, resamples: resamples).all
  }
  analysis.cells = summaries
  let detection = WarningDetection(
    columns: columns, context: context, cells: cells, samples: samples, summaries: summaries)
  analysis.warnings = detection.warnings
  return analysis
}

/// Marks the smallest level whose median is within 5 % of the best median of its strategy and work.
private func recommend(_ cells: [SummaryContext.Cell], by samples: [CellSample], in summaries: inout [Summary]) {
  let tolerance = 1.05
  let groups = Dictionary(grouping: summaries.indices) {
    Choice(work: cells[$0].work, strategy: summaries[$0].strategy)
  }
  for indices in groups.values where !indices.contains(where: { summaries[$0].isOpenLoop }) {
    let sound = indices.filter { samples[$0].isSound }
    for index in indices {
      summaries[index].isRecommended = false
    }
    guard let best = sound.compactMap({ samples[$0].median }).min() else { continue }
    let near = sound.filter { (samples[$0].median ?? .infinity) <= best * tolerance }
    let smallest = near.min { (cells[$0].maxWorkers ?? 0, $0) < (cells[$1].maxWorkers ?? 0, $1) }
    if let smallest { summaries[smallest].isRecommended = true }
  }
}

/// The key of the levels among which one is recommended: one strategy doing the same work.
private struct Choice: Hashable {
  var work: SummaryContext.Identity
  var strategy: String
}
