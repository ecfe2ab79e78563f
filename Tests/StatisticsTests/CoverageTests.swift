import Foundation
import Model
import Testing

@testable import Statistics

/// How often the intervals hold the truth, by simulation; METHOD promises 94–98 % for 6 trials and more. The seeds are
/// fixed, so these never fail by chance.
@Suite struct CoverageTests {
  private static let simulations = 1000

  /// A tenth of the values is twice as large: the truth is the median of that mixture, and cancels in a ratio.
  @Test(arguments: [(6, 0.91), (7, 0.91), (8, 0.91), (10, 0.93), (20, 0.93)])
  func ratioOfMedians(blocks: Int, least: Double) throws {
    var noise = Noise(seed: 42)
    let truth = 1.25
    var covered = 0
    var widths: [Double] = []
    for _ in 0..<Self.simulations {
      // What the blocks share drifts by 10 % over the run.
      let base: [Double?] = (0..<blocks).map { truth * (1 + 0.1 * Double($0) / Double(blocks)) * noise.time() }
      let other: [Double?] = (0..<blocks).map { (1 + 0.1 * Double($0) / Double(blocks)) * noise.time() }
      let bootstrap = BlockResamples(blockCount: blocks, resamples: 200, seed: noise.generator.next())
      let interval = try #require(
        BlockResamples.interval(base: bootstrap.medians(base), other: bootstrap.medians(other)))
      if interval.low <= truth, truth <= interval.high { covered += 1 }
      widths.append(interval.high / interval.low)
    }
    let coverage = Double(covered) / Double(Self.simulations)
    #expect(coverage >= least, "\(coverage)")
    // And not by being so wide that they say nothing.
    let width = try #require(Descriptive.median(ofSorted: widths.sorted()))
    #expect(width < (blocks < 10 ? 2 : 1.2), "\(width)")
  }

  @Test(arguments: [6, 10, 20, 30]) func median(count: Int) throws {
    var noise = Noise(seed: 7)
    // The median of nine tenths at 1 and one tenth at 2: the quantile (½ / 0.9) of the first.
    let truth = exp(0.03 * 0.139_710_298_881_862)
    var covered = 0
    for _ in 0..<2000 {
      let values = (0..<count).map { _ in noise.time() }.sorted()
      let interval = try #require(MedianInterval.interval(ofSorted: values))
      if interval.low <= truth, truth <= interval.high { covered += 1 }
    }
    // 95 % but for the error of 2,000 simulations.
    #expect(Double(covered) / 2000 >= 0.94, "\(covered) of 2000")
  }
}
