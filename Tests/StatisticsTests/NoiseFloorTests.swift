import Foundation
import Model
import Testing

@testable import Statistics

/// Floors of noise that is known. The seeds are fixed, so these never fail by chance.
@Suite struct NoiseFloorTests {
  /// Runs of two identical cells with lognormal times; what the trials of a block have in common varies as much as what
  /// they have of their own.
  private func runs(_ count: Int, blocks: Int, noise: Double, spread: Double = 1, seed: UInt64) throws -> IdenticalCells
  {
    var random = Normal(seed: seed)
    let runs = (0..<count).map { _ -> [[Double]] in
      let run = 0.005 * exp(spread * random.next())
      return (0..<blocks).map { _ in
        let block = run * exp(noise * random.next())
        return (0..<2).map { _ in block * exp(noise * random.next()) }
      }
    }
    return try #require(IdenticalCells(runs: runs))
  }

  @Test func withoutNoiseThereIsNoFloor() throws {
    let cells = try #require(IdenticalCells(runs: [Array(repeating: [0.005, 0.005], count: 6)]))
    #expect(NoiseFloor.withinRun(cells, trials: 10) == 0)
    #expect(NoiseFloor.detectableDifference(cells, trials: 10) == 0)
    #expect(NoiseFloor.betweenRuns(medians: [0.005, 0.005, 0.005]) == 0)
  }

  @Test func whatRunsHaveInCommonCancelsOut() throws {
    let floors = try [0, 1.0].map { spread in
      NoiseFloor.withinRun(try runs(6, blocks: 10, noise: 0.02, spread: spread, seed: 7), trials: 10)
    }
    #expect(floors[0] > 0 && abs(floors[0] / floors[1] - 1) < 1e-9, "\(floors)")
  }

  /// New runs of the same cells stay below the floor in about 95 of 100 cases.
  @Test func identicalCellsStayBelowTheFloor() throws {
    let noise = 0.01
    let floor = NoiseFloor.withinRun(try runs(40, blocks: 10, noise: noise, seed: 1), trials: 10)
    let fresh = try runs(40, blocks: 10, noise: noise, seed: 2)
    var random = SplitMix64(seed: 3)
    let below = (0..<2000).count { _ in
      let (a, b) = fresh.draw(10, with: &random)
      return abs((median(of: a) ?? 0) - (median(of: b) ?? 0)) <= log1p(floor)
    }
    #expect((1800...1980).contains(below), "\(below) of 2000, floor \(floor)")
  }

  @Test(arguments: [10, 30]) func aDetectableDifferenceIsDetected(trials: Int) throws {
    let cells = try runs(20, blocks: 10, noise: 0.01, seed: 4)
    let difference = NoiseFloor.detectableDifference(cells, trials: trials)
    let power = power(of: difference, cells, trials)
    #expect((0.7...0.9).contains(power), "\(power) at \(difference)")
    #expect(self.power(of: difference / 2, cells, trials) < 0.6)
  }

  /// How often the interval of a summary excludes 1, when one cell really is slower by so much.
  private func power(of difference: Double, _ cells: IdenticalCells, _ trials: Int) -> Double {
    var random = SplitMix64(seed: 5)
    let seen = (0..<200).count { _ in
      let (a, b) = cells.draw(trials, with: &random)
      let bootstrap = BlockResamples(blockCount: trials, resamples: 200, seed: random.next())
      let interval = BlockResamples.interval(
        base: bootstrap.medians(a.map { exp($0) * (1 + difference) }), other: bootstrap.medians(b.map { exp($0) }))
      return interval.map { $0.low > 1 } ?? false
    }
    return Double(seen) / 200
  }

  @Test func moreTrialsSeeMore() throws {
    let cells = try runs(20, blocks: 10, noise: 0.02, seed: 6)
    let differences = [10, 30].map { NoiseFloor.detectableDifference(cells, trials: $0) }
    #expect(differences[1] < differences[0] * 0.8, "\(differences)")
  }

  /// t(0.975, 4) = 2.776; the standard deviation of these logarithms is 0.01 · √2.5.
  @Test func fiveRuns() throws {
    let medians = [-2, -1, 0, 1, 2].map { 0.005 * exp(0.01 * $0) }
    let floor = try #require(NoiseFloor.betweenRuns(medians: medians))
    #expect(abs(log1p(floor) - 2.776445 * 2.0.squareRoot() * 0.01 * 2.5.squareRoot()) < 1e-6)
  }

  /// However few runs there are, the next two stay below in about 95 of 100 cases.
  @Test(arguments: [2, 3, 6, 20]) func theNextTwoRunsStayBelowTheFloor(count: Int) throws {
    var random = Normal(seed: UInt64(count))
    let simulations = 4000
    let below = try (0..<simulations).count { _ in
      let medians = (0..<count + 2).map { _ in exp(0.02 * random.next()) }
      let floor = try #require(NoiseFloor.betweenRuns(medians: Array(medians.prefix(count))))
      return abs(log(medians[count] / medians[count + 1])) <= log1p(floor)
    }
    #expect(abs(Double(below) / Double(simulations) - 0.95) < 0.015, "\(below) of \(simulations)")
  }

  @Test func tooLittleIsNoFloor() {
    #expect(NoiseFloor.betweenRuns(medians: []) == nil)
    #expect(NoiseFloor.betweenRuns(medians: [0.005]) == nil)
    #expect(NoiseFloor.betweenRuns(medians: [0.005, 0]) == nil)
    let blocks = Array(repeating: [0.005, 0.006], count: 6)
    #expect(IdenticalCells(runs: [blocks]) != nil)
    #expect(IdenticalCells(runs: [Array(blocks.dropLast())]) == nil)
    #expect(IdenticalCells(runs: [blocks, [[0.005]]]) == nil)
    #expect(IdenticalCells(runs: [blocks, [[0.005, 0]]]) == nil)
  }

  /// From the tables that every textbook has.
  @Test(arguments: [(1, 12.7062), (2, 4.30265), (3, 3.18245), (4, 2.77645), (5, 2.57058), (11, 2.20099), (49, 2.00958)])
  func boundsOfStudent(degrees: Int, expected: Double) {
    #expect(abs(StudentT.bound(0.95, degrees: degrees) / expected - 1) < 1e-5)
  }
}

/// Box & Muller, 1958.
private struct Normal {
  private var random: SplitMix64

  init(seed: UInt64) {
    random = SplitMix64(seed: seed)
  }

  mutating func next() -> Double {
    (-2 * log(1 - random.fraction())).squareRoot() * cos(2 * .pi * random.fraction())
  }
}
