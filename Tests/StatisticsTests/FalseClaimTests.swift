import Foundation
import Model
import Statistics
import Testing

/// How often identical cells are told apart. The seeds are fixed, so these never fail by chance.
@Suite struct FalseClaimTests {
  /// A run of identical cells on a machine that gets 10 % slower while it runs: whether any is said to differ from the
  /// first one.
  private static func claimsAnything(cells: Int, blocks: Int, _ noise: inout Noise, pointwise: Bool = false) -> Bool {
    let base = "web/s0/max_workers=1"
    let rows = summaries(
      of: (0..<cells).map { cell in
        Cell(
          "s\(cell)", (0..<blocks).map { .took((1 + 0.1 * Double($0) / Double(blocks)) * noise.time()) },
          baseline: base)
      })
    return rows.dropFirst().contains { row in
      let columns: (SummaryColumn, SummaryColumn) =
        pointwise
        ? (.speedupVsBaselineCILow, .speedupVsBaselineCIHigh) : (.speedupSimultaneousLow, .speedupSimultaneousHigh)
      guard let low = row[columns.0], let high = row[columns.1] else { return false }
      return low > 1 || high < 1
    }
  }

  @Test(arguments: [(10, 0.0, 2000), (10, 0.1, 400), (6, 0.0, 600), (20, 0.0, 400)])
  func identicalCellsAreSeldomToldApart(blocks: Int, spikes: Double, runs: Int) {
    var noise = Noise(seed: 2026, spikes: spikes)
    let claims = (0..<runs).count { _ in Self.claimsAnything(cells: 12, blocks: blocks, &noise) }
    #expect(Double(claims) <= 0.06 * Double(runs), "\(claims) of \(runs) runs")
  }

  /// What the simultaneous ones are for: with intervals for one comparison each, every fourth run claims something.
  @Test func intervalsForOneComparisonAreNotEnough() {
    var noise = Noise(seed: 2026, spikes: 0)
    let claims = (0..<200).count { _ in Self.claimsAnything(cells: 12, blocks: 10, &noise, pointwise: true) }
    #expect(claims > 30, "\(claims) of 200 runs")
  }

  /// And they still see what is there: a difference of 15 % by ten blocks of 3 % noise.
  @Test func differencesAreSeen() {
    var noise = Noise(seed: 3, spikes: 0)
    var seen = 0
    for _ in 0..<50 {
      let base = Cell("base", (0..<10).map { _ in .took(noise.time()) })
      let others = (1..<12).map { cell in
        Cell(
          "s\(cell)", (0..<10).map { _ in .took(noise.time() * (cell == 5 ? 0.87 : 1)) }, baseline: base.id)
      }
      let row = summaries(of: [base] + others)[5]
      if let interval = row.simultaneous, interval.low > 1 { seen += 1 }
    }
    #expect(seen >= 45, "\(seen) of 50")
  }
}
