import Model
import Testing

@testable import Statistics

@Suite struct BlockResamplesTests {
  private let times: [Double?] = [1.02, 0.98, 1.31, 0.99, 1.05, 0.97, 1.11, 1.0]

  @Test func theSameSeedGivesTheSame() {
    let a = BlockResamples(blockCount: 8, resamples: 100, seed: 5).medians(times)
    let b = BlockResamples(blockCount: 8, resamples: 100, seed: 5).medians(times)
    let c = BlockResamples(blockCount: 8, resamples: 100, seed: 6).medians(times)
    #expect(a == b)
    #expect(a != c)
    #expect(a.count == 100)
  }

  @Test func itDrawsBlocksWithReplacement() {
    let medians = BlockResamples(blockCount: 8, resamples: 2000).medians(times)
    #expect(Set(medians).count > 20)
    #expect(medians.allSatisfy { (0.97...1.31).contains($0) })
    let mean = medians.reduce(0, +) / Double(medians.count)
    #expect((1.0...1.04).contains(mean), "\(mean)")
  }

  /// Each block alone, often: the draw isn't biased to some of them.
  @Test func everyBlockIsDrawnAsOften() {
    let drawn = BlockResamples(blockCount: 1, resamples: 10).medians([3])
    #expect(drawn == Array(repeating: 3, count: 10))
    for block in 0..<5 {
      let values = (0..<5).map { $0 == block ? 1.0 : 0 }
      // The median of 5 is 1 where 3 or more draws hit the block: P(Bin(5, 1/5) ≥ 3) = 0.05792.
      let share = BlockResamples(blockCount: 5, resamples: 10_000).medians(values).count { $0 == 1 }
      #expect((450...710).contains(share), "block \(block): \(share) of 10,000")
    }
  }

  @Test func aBlockWithoutAValueIsLeftOut() {
    let medians = BlockResamples(blockCount: 2, resamples: 200).medians([7, nil])
    #expect(Set(medians.filter { !$0.isNaN }) == [7])
    #expect(medians.contains { $0.isNaN })
  }

  @Test func noBlocks() {
    #expect(BlockResamples(blockCount: 0, resamples: 10).medians([]).allSatisfy { $0.isNaN })
    #expect(BlockResamples.interval(base: [], other: []) == nil)
  }

  @Test func identicalCellsHaveARatioOfExactlyOne() throws {
    let bootstrap = BlockResamples(blockCount: 8, resamples: 500)
    let interval = try #require(
      BlockResamples.interval(base: bootstrap.medians(times), other: bootstrap.medians(times)))
    #expect(interval == (1, 1))
  }

  /// Some blocks are five times as slow as others: the ratio of two cells doesn't see that.
  @Test func aFactorThatABlocksCellsShareCancelsOut() throws {
    let factors = [1, 5, 0.5, 3, 1, 4, 0.25, 2]
    let slow = zip(times, factors).map { time, factor in time.map { 2 * $0 * factor } }
    let fast = zip(times, factors).map { time, factor in time.map { $0 * factor } }
    let bootstrap = BlockResamples(blockCount: 8, resamples: 500)
    let joint = try #require(BlockResamples.interval(base: bootstrap.medians(slow), other: bootstrap.medians(fast)))
    #expect(joint == (2, 2))
    // Drawn apart, it would.
    let other = BlockResamples(blockCount: 8, resamples: 500, seed: 99)
    let apart = try #require(BlockResamples.interval(base: bootstrap.medians(slow), other: other.medians(fast)))
    #expect(apart.high / apart.low > 4)
  }

  @Test(arguments: Reference.shared.ratios)
  func intervalsOfRatios(expected: Reference.Ratios) throws {
    let interval = try #require(BlockResamples.interval(base: expected.base, other: expected.other))
    #expect(isClose(interval.low, expected.low))
    #expect(isClose(interval.high, expected.high))
  }
}

@Suite struct BootstrapTimeoutTests {
  /// A base that timed out in every tenth resample was at least as slow as that: the ratio has no upper end.
  @Test func aBaseThatTimedOutCountsAsInfinitelySlow() throws {
    let base = (0..<100).map { $0 % 10 == 0 ? Double.infinity : 2 }
    let interval = try #require(BlockResamples.interval(base: base, other: Array(repeating: 1, count: 100)))
    #expect(interval == (2, .infinity))
  }

  @Test func aCellThatTimedOutCountsAsInfinitelySlow() throws {
    let other = (0..<100).map { $0 % 10 == 0 ? Double.infinity : 2 }
    let interval = try #require(BlockResamples.interval(base: Array(repeating: 2, count: 100), other: other))
    #expect(interval == (0, 1))
  }

  /// ∞/∞ may have been any ratio; leaving it out would make the interval of two bad cells look sharp.
  @Test func bothTimedOutMayBeAnything() throws {
    let both = (0..<100).map { $0 % 10 == 0 ? Double.infinity : 2 }
    let interval = try #require(BlockResamples.interval(base: both, other: both))
    #expect(interval == (0, .infinity))
  }
}

extension BlockResamples {
  /// - Parameter values: one for each block, `nil` where the cell has none.
  func medians(_ values: [Double?]) -> [Double] {
    let known = values.enumerated().compactMap { block, value in value.map { (value: $0, block: Int32(block)) } }
      .sorted { $0.value < $1.value }
    return medians(ofSorted: known.map(\.value), blocks: known.map(\.block))
  }
}
