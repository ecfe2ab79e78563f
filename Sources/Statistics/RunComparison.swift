package import Model

/// The change of one cell from a base run to a new run.
package struct CellComparison: Hashable, Sendable {
  /// The outcome of a comparison, from the new run's point of view.
  package enum Verdict: String, Sendable, CaseIterable {
    case worse, better, same, inconclusive
  }

  /// The reason for a verdict that doesn't come from times alone.
  package enum Reason: String, Sendable {
    /// Some trials of the new run are not ok; all of the base are.
    case failsNow = "fails now"
    /// Some trials of the base are not ok; all of the new run are.
    case failsNoMore = "fails no more"
    /// Some trials of both runs are not ok.
    case fails
    /// At least one run has fewer trials than an interval needs.
    case tooFewTrials = "too few trials"
    /// Timeouts, or times of zero, leave the ratio open.
    case noInterval = "no interval"
    /// The interval reaches over the limit, or runs of this machine differ by more than the threshold.
    case uncertain
  }

  /// The id of the cell, the same in both runs.
  package var cellID: String
  /// The outcome.
  package var verdict: Verdict
  /// The reason for an inconclusive verdict, or for one that is by failures; `nil` for a verdict by times.
  package var reason: Reason?
  /// The measure that is compared: the wall time, or `responseP99` with arrivals, whose schedule decides the wall time.
  package var measure: Measure
  /// The number of ok trials in the base.
  package var baseCount: Int
  /// The number of ok trials in the new run.
  package var newCount: Int
  /// The median in the base, in seconds; `nil` if it isn't finite.
  package var baseMedian: Double?
  /// The median in the new run, in seconds; `nil` if it isn't finite.
  package var newMedian: Double?
  /// The ratio of medians, new over base: above 1 is slower. `nil` if the cell can't be compared.
  package var ratio: Double?
  /// The lower end of the ratio's simultaneous 95 % interval; `nil` if there is none.
  ///
  /// All cells' intervals hold the truth together with 95 %.
  package var low: Double?
  /// The upper end of the same interval.
  package var high: Double?
}

/// The size that a difference must have to count. All values are shares: 0.05 is 5 %.
package struct ComparisonLimits: Hashable, Sendable {
  /// The smallest difference that matters to the user.
  package var threshold: Double
  /// The difference that two runs of the same show on this machine; `nil` if it was never measured.
  package var betweenRuns: Double?

  /// Takes both limits.
  package init(threshold: Double, betweenRuns: Double?) {
    self.threshold = threshold
    self.betweenRuns = betweenRuns
  }

  /// The larger of both limits: a ratio beyond 1 + this counts as a difference.
  package var limit: Double { max(threshold, betweenRuns ?? 0) }
}

/// Compares two runs, cell by cell.
///
/// Blocks of different runs have nothing in common, so each run is resampled by itself. The intervals of all cells are
/// simultaneous (`SimultaneousIntervals`). A cell is worse or better if its whole interval is beyond the limit. It is
/// the same if the interval is within the limit, and runs of the machine differ by no more than the threshold.
///
/// - Parameter cells: ids of the cells that both runs have, in the order of the result.
/// - Returns: a comparison for each cell that has trials in both runs.
package func compareRuns(
  _ cells: [String], base: TrialColumns, new: TrialColumns, _ limits: ComparisonLimits
) -> [CellComparison] {
  let sides = [base, new].enumerated().map { ComparedRun($1, seed: BlockResamples.seed + UInt64($0)) }
  var family: SimultaneousIntervals?
  var comparisons = cells.enumerated().compactMap { index, id -> CellComparison? in
    guard let base = sides[0].sample(id), let new = sides[1].sample(id) else { return nil }
    var comparison = CellComparison(
      cellID: id, verdict: .inconclusive, reason: .tooFewTrials, measure: base.measure, baseCount: base.sample.ok.count,
      newCount: new.sample.ok.count, baseMedian: finite(base.sample.median), newMedian: finite(new.sample.median))
    comparison.decideByFailures(base.sample, new.sample)
    guard base.measure == new.measure, base.sample.isComparable, new.sample.isComparable,
      let before = base.sample.median, let after = new.sample.median
    else { return comparison }
    comparison.ratio = after / before
    if comparison.reason == .tooFewTrials { comparison.reason = .noInterval }
    let resampled = zip(sides[1].resamples.medians(new.sample), sides[0].resamples.medians(base.sample)).map { $0 / $1 }
    if family == nil { family = SimultaneousIntervals(resamples: resampled.count) }
    family?.add(
      index, ratio: after / before, resampled: resampled, blocks: min(base.sample.times.count, new.sample.times.count))
    return comparison
  }
  let places = Dictionary(zip(comparisons.map(\.cellID), comparisons.indices), uniquingKeysWith: { first, _ in first })
  for (index, interval) in family?.intervals() ?? [:] {
    guard let place = places[cells[index]] else { continue }
    comparisons[place].decide(interval, limits)
  }
  return comparisons
}

private func finite(_ value: Double?) -> Double? { value.flatMap { $0.isFinite ? $0 : nil } }

extension CellComparison {
  fileprivate mutating func decideByFailures(_ base: CellSample, _ new: CellSample) {
    switch (base.ok.count < base.trialCount, new.ok.count < new.trialCount) {
    case (false, true): (verdict, reason) = (.worse, .failsNow)
    case (true, false): (verdict, reason) = (.better, .failsNoMore)
    case (true, true): reason = .fails
    case (false, false): break
    }
  }

  fileprivate mutating func decide(_ interval: (low: Double, high: Double), _ limits: ComparisonLimits) {
    low = interval.low
    high = interval.high
    guard reason == .noInterval else { return }
    let limit = 1 + limits.limit
    reason = nil
    if interval.low > limit {
      verdict = .worse
    } else if interval.high < 1 / limit {
      verdict = .better
    } else if limits.betweenRuns ?? 0 <= limits.threshold, interval.low >= 1 / limit, interval.high <= limit {
      verdict = .same
    } else {
      reason = .uncertain
    }
  }
}

/// One of the two runs, with its samples and resamples.
private final class ComparedRun {
  private let samples: [CellSample]
  private let responses: [CellSample]
  private let places: [String: Int]
  let resamples: SharedResamples

  init(_ columns: TrialColumns, seed: UInt64) {
    resamples = SharedResamples(columns, seed: seed)
    samples = CellSample.all(of: columns)
    responses = CellSample.all(of: columns, timedBy: .responseP99)
    places = Dictionary(uniqueKeysWithValues: columns.cells.indices.map { (columns.cells[$0].id, $0) })
  }

  /// Returns a cell's trials, timed by their responses if they have any, else by the wall time.
  func sample(_ id: String) -> (sample: CellSample, measure: Measure)? {
    guard let place = places[id] else { return nil }
    let hasResponses = responses[place].times.contains { $0.isFinite }
    return hasResponses ? (responses[place], .responseP99) : (samples[place], .wall)
  }
}
