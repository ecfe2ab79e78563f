import Foundation
import Model
import Testing

@testable import Statistics

@Suite struct TrendTests {
  /// SciPy's correlation and p-value.
  @Test(arguments: Reference.shared.trends) func asSciPyHasIt(reference: Reference.Trend) throws {
    let rho = try #require(Trend.spearman(reference.values))
    #expect(isClose(rho, reference.rho, within: 1e-9))
    let trend = try #require(Trend(blockMeans: reference.values))
    #expect(isClose(trend.probability, reference.p, within: 1e-9))
    #expect(trend.isNotable == (reference.p < 0.01))
  }

  @Test(arguments: Reference.shared.t975) func studentsT(reference: Reference.T975) {
    #expect(isClose(StudentT.bound(0.95, degrees: reference.degrees), reference.quantile, within: 1e-9))
  }

  @Test func equalMeansHaveNone() {
    #expect(Trend.spearman([1, 1, 1, 1, 1, 1]) == nil)
    #expect(Trend(blockMeans: [1, 2, 3, 4, 5]) == nil, "too few")
  }

  /// Two cells of very different size, a block without one of them, a machine that gets 8 % slower.
  @Test func itIsSeenThroughCellsOfAnySize() throws {
    let drift = (0..<10).map { 1 + 0.08 * Double($0) / 9 }
    let small = Cell("a", drift.map { .took(0.001 * $0) })
    var large = Cell("b", drift.map { .took(10 * $0) })
    large.outcomes[4] = .not(.failed)
    let warning = analysis(of: [small, large]).warnings.compactMap { warning -> Trend? in
      if case .trend(let trend) = warning { trend } else { nil }
    }
    let trend = try #require(warning.first)
    #expect(trend.correlation == 1)
    #expect((0.04...0.08).contains(trend.change), "\(trend.change)")
  }

  /// From one run to the next, a machine may well change: that is no trend of a run.
  @Test func severalRunsHaveNone() {
    let runs = [1.0, 1.1].map { factor in
      TrialColumns(Cell("a", (0..<8).map { .took(factor * (1 + Double($0 % 3) / 1000)) }).trials)
    }
    var together = TrialColumns()
    for run in runs { together.append(run) { $0 } }
    let context = SummaryContext(
      cells: [.init(id: Cell("a", []).id, baseline: nil, work: "web", maxWorkers: nil)], makesClaims: true)
    #expect(summarise(together, context).cells[0][.count] == 16)
    #expect(!summarise(together, context).warnings.contains { if case .trend = $0 { true } else { false } })
  }

  /// Identical cells of a machine that doesn't change: at most 2 % of runs are warned of a trend.
  @Test func falseAlarmsAreFew() {
    var noise = Noise(seed: 17, spikes: 0)
    let alarms = (0..<1000).count { _ in
      let cells = (0..<4).map { cell in Cell("s\(cell)", (0..<10).map { _ in .took(noise.time()) }) }
      return analysis(of: cells, makesClaims: false).warnings.contains { if case .trend = $0 { true } else { false } }
    }
    #expect(alarms <= 20, "\(alarms) of 1000")
  }
}

@Suite struct ModesTests {
  /// Of samples with one hump, the skewed ones among them, less than 1 % are taken for two.
  @Test(arguments: [10, 15, 20, 30, 50]) func oneHump(count: Int) {
    var noise = Noise(seed: UInt64(count), spikes: 0)
    for (name, time) in [
      ("normal", { (noise: inout Noise) in exp(0.1 * noise.normal()) }),
      ("exponential", { (noise: inout Noise) in 1 - 0.3 * log(noise.uniform()) }),
    ] {
      let found = (0..<2000).count { _ in Modes(ofSorted: (0..<count).map { _ in time(&noise) }.sorted()) != nil }
      #expect(found < 20, "\(name): \(found) of 2000")
    }
  }

  @Test func twoLevels() throws {
    var noise = Noise(seed: 4, spikes: 0)
    let times = (0..<20).map { ($0 % 5 < 2 ? 1.5 : 1) * exp(0.02 * noise.normal()) }
    let modes = try #require(Modes(ofSorted: times.sorted()))
    #expect(isClose(modes.low, 1, within: 0.03))
    #expect(isClose(modes.high, 1.5, within: 0.03))
    #expect(modes.highShare == 0.4)
  }

  @Test func nothingOfLittle() {
    #expect(Modes(ofSorted: [1, 1, 1, 1, 2, 2, 2, 2, 2]) == nil, "nine")
    #expect(Modes(ofSorted: Array(repeating: 1, count: 20)) == nil)
    #expect(Modes(ofSorted: Array(repeating: 1, count: 10) + Array(repeating: 1.01, count: 10)) == nil, "1 % apart")
    #expect(Modes(ofSorted: Array(repeating: 0, count: 10) + Array(repeating: 1, count: 10)) == nil)
    #expect(Modes(ofSorted: Array(repeating: 1, count: 15) + [.infinity, .infinity, .infinity, .infinity]) == nil)
  }
}
