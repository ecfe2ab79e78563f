package import Model

/// What became of a cell from one run to another.
package struct CellComparison: Hashable, Sendable {
  package enum Verdict: String, Sendable, CaseIterable {
    case worse, better, same, inconclusive
  }

  package enum Reason: String, Sendable {
    /// Some of the trials of the new run, and none of the base's, came to no good end.
    case failsNow = "fails now"
    /// The other way round.
    case failsNoMore = "fails no more"
    /// Both have such trials.
    case fails
    /// At least one run has fewer than an interval needs.
    case tooFewTrials = "too few trials"
    /// Times that ran out, or were nothing, leave the ratio open.
    case noInterval = "no interval"
    /// The interval reaches over the limit, or runs differ by more than what would be the same.
    case uncertain
  }

  package var cellID: String
  package var verdict: Verdict
  /// Why there is no other verdict, or what it is by if not by times.
  package var reason: Reason?
  /// What was compared: the wall time, and with arrivals, where a schedule decides that, the slowest responses.
  package var measure: Measure
  /// Ok trials.
  package var baseCount: Int
  package var newCount: Int
  /// Seconds.
  package var baseMedian: Double?
  package var newMedian: Double?
  /// New over base: above 1 is slower.
  package var ratio: Double?
  /// One of all cells' intervals that hold the truth together.
  package var low: Double?
  package var high: Double?
}

/// How large a difference has to be.
package struct ComparisonLimits: Hashable, Sendable {
  /// What matters to the user, relative.
  package var threshold: Double
  /// What two runs of the same differ by on this machine, relative; `nil`: nobody knows.
  package var betweenRuns: Double?

  package init(threshold: Double, betweenRuns: Double?) {
    self.threshold = threshold
    self.betweenRuns = betweenRuns
  }

  /// What is told apart: a ratio beyond 1 + this.
  package var limit: Double { max(threshold, betweenRuns ?? 0) }
}

/// Compares two runs, cell by cell. Blocks of different runs have nothing in common: each run is resampled by itself,
/// and the intervals are simultaneous ones. A difference is claimed where the whole interval is beyond the limit, and
/// none where it is within the threshold, on a machine whose runs don't differ by more than that.
///
/// - Parameter cells: ids of those that both have, in the order of the result.
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

/// One of the two runs.
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

  /// A cell's trials, timed by what says most of them.
  func sample(_ id: String) -> (sample: CellSample, measure: Measure)? {
    guard let place = places[id] else { return nil }
    let hasResponses = responses[place].times.contains { $0.isFinite }
    return hasResponses ? (responses[place], .responseP99) : (samples[place], .wall)
  }
}
