import Foundation
import Model
import Statistics
import Testing

@Suite struct RunComparisonTests {
  private static let limits = ComparisonLimits(threshold: 0.05, betweenRuns: nil)

  /// Ten times around a median, 1 % apart.
  private static func times(_ median: Double) -> [Outcome] {
    (0..<10).map { .took(median * (1 + Double($0 % 3) / 100)) }
  }

  private static func compare(
    _ base: [Outcome], _ new: [Outcome], _ limits: ComparisonLimits = Self.limits
  ) -> CellComparison? {
    let cells = [base, new].map { TrialColumns(Cell("threads", $0).trials) }
    return compareRuns([Cell("threads", []).id], base: cells[0], new: cells[1], limits).first
  }

  @Test(arguments: [(1.0, CellComparison.Verdict.same), (1.2, .worse), (0.8, .better), (1.045, .inconclusive)])
  func verdicts(factor: Double, expected: CellComparison.Verdict) throws {
    let comparison = try #require(Self.compare(Self.times(1), Self.times(factor)))
    #expect(comparison.verdict == expected)
    let (ratio, low, high) = try (
      #require(comparison.ratio), #require(comparison.low), #require(comparison.high)
    )
    #expect(abs(ratio - factor) < 1e-9)
    #expect(low < factor && factor < high)
    #expect(comparison.reason == (expected == .inconclusive ? .uncertain : nil))
  }

  /// 20 % more is no news on a machine whose runs differ by 30 %.
  @Test func whatRunsDifferByIsNoDifference() throws {
    let noisy = ComparisonLimits(threshold: 0.05, betweenRuns: 0.3)
    #expect(Self.compare(Self.times(1), Self.times(1.2), noisy)?.verdict == .inconclusive)
    #expect(Self.compare(Self.times(1), Self.times(1), noisy)?.reason == .uncertain, "nor is anything the same there")
    #expect(Self.compare(Self.times(1), Self.times(1.5), noisy)?.verdict == .worse)
    let quiet = ComparisonLimits(threshold: 0.05, betweenRuns: 0.01)
    #expect(Self.compare(Self.times(1), Self.times(1.2), quiet)?.verdict == .worse)
  }

  @Test func sixTrialsAtLeast() {
    let five = Array(Self.times(2).prefix(5))
    #expect(Self.compare(Self.times(1), five)?.verdict == .inconclusive)
    #expect(Self.compare(Self.times(1), five)?.reason == .tooFewTrials)
    #expect(Self.compare(Self.times(1), Array(Self.times(2).prefix(6)))?.verdict == .worse)
  }

  @Test(arguments: [TrialStatus.failed, .crashed, .wrong, .timeout])
  func failuresAreARegression(status: TrialStatus) {
    let failing = Self.times(1) + [.not(status)]
    #expect(Self.compare(Self.times(1), failing)?.verdict == .worse)
    #expect(Self.compare(Self.times(1), failing)?.reason == .failsNow)
    #expect(Self.compare(failing, Self.times(1))?.verdict == .better)
    #expect(
      Self.compare(failing, failing.map { if case .took(let time) = $0 { .took(time * 3) } else { $0 } })?.verdict
        == .inconclusive)
    #expect(Self.compare(failing, failing)?.reason == .fails)
  }

  /// A cell that few blocks have is resampled from those.
  @Test func aCellOfFewBlocksIsCompared() {
    let runs = [1.0, 2.0].map { factor in
      TrialColumns(
        Cell("a", (0..<100).map { .took(1 + Double($0 % 7) / 1000) }).trials
          + Cell("b", (0..<6).map { .took(factor * (1 + Double($0) / 1000)) }).trials)
    }
    let compared = compareRuns([Cell("a", []).id, Cell("b", []).id], base: runs[0], new: runs[1], Self.limits)
    #expect(compared.map(\.verdict) == [.same, .worse])
  }

  @Test func withoutAnIntervalTheReasonIsNotTheNumberOfTrials() {
    let late = Array(Self.times(1).prefix(6)) + [.timeout, .timeout, .timeout, .timeout]
    #expect(Self.compare(late, late)?.reason == .fails)
    let nothing: [Outcome] = [0.0, 0.0, 0.0, 0.0, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0]
    #expect(Self.compare(nothing, Self.times(1))?.reason == .noInterval)
  }

  @Test func theOrderIsTheCallers() {
    let cells = ["b", "a", "c"].map { Cell($0, Self.times(1)) }
    let run = TrialColumns(cells.flatMap(\.trials))
    let compared = compareRuns([cells[2].id, "gone", cells[0].id], base: run, new: run, Self.limits)
    #expect(compared.map(\.cellID) == [cells[2].id, cells[0].id])
  }

  /// With arrivals, the schedule decides the wall time; the slowest responses are what users feel.
  @Test func openLoopsAreComparedByTheirResponses() throws {
    let runs = [0.010, 0.030].map { response in
      TrialColumns(
        Cell("async", Self.times(1)).trials.map { trial in
          with(trial) { $0.measures[.responseP99] = response * (trial.measures[.wall] ?? 0) }
        })
    }
    let comparison = try #require(
      compareRuns([Cell("async", []).id], base: runs[0], new: runs[1], Self.limits).first)
    #expect(comparison.measure == .responseP99)
    #expect(comparison.verdict == .worse)
  }

  /// Runs of the same thing that differ by 2 % from one to the next, all cells alike or each in its own way: of 500
  /// pairs, at most 5 % are said to differ in any cell, although nobody knows what runs differ by here.
  @Test(arguments: [true, false]) func runsThatDifferByChance(isShared: Bool) {
    var noise = Noise(seed: 99, spikes: 0)
    func run(_ cells: Int) -> TrialColumns {
      let shared = exp(0.02 * noise.normal())
      return TrialColumns(
        (0..<cells).flatMap { cell -> [Trial] in
          let factor = isShared ? shared : exp(0.02 * noise.normal())
          return Cell("s\(cell)", (0..<10).map { _ in .took(factor * noise.time()) }).trials
        })
    }
    let ids = (0..<12).map { Cell("s\($0)", []).id }
    let claims = (0..<500).count { _ in
      compareRuns(ids, base: run(12), new: run(12), Self.limits).contains { [.better, .worse].contains($0.verdict) }
    }
    #expect(claims <= 25, "\(claims) of 500")
  }
}
