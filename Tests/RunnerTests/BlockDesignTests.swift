import Conversation
import Foundation
import Model
import Statistics
import Testing
import Time
import TimeLiterals

@testable import Runner

/// What the order of trials is for: a machine that gets slower while a run goes on, and cells that are all the same.
@Suite struct BlockDesignTests {
  private static let cells = 12
  private static let trials = 10

  /// Whether a run on such a machine says that some cell differs from the first one.
  private static func claims(_ order: RunSettings.Order, seed: Int) -> Bool {
    let plan = fakePlan(cells: cells, settings: settings(trials: trials, order: order, seed: seed))
    var random = SplitMix64(seed: UInt64(seed))
    var done = 0
    var executor = FakeExecutor()
    executor.answer = { _ in
      let drift = 1 + 0.1 * Double(done) / Double(cells * trials)
      // Nearly normal: a sum of twelve, with 3 % deviation.
      let noise = 1 + 0.03 * ((0..<12).reduce(0) { sum, _ in sum + random.fraction() } - 6)
      done += 1
      return HostedTrial(
        .done(Done(wall: Nanoseconds(truncating: 1e8 * drift * noise), checksum: "0000000000000000")),
        board: try fakeBoard(times: [1000])
      )
    }
    let (measured, _) = run(plan, with: &executor)
    let context = SummaryContext(
      cells: plan.cells.map { SummaryContext.Cell(id: $0.id, baseline: plan.cells[0].id, work: "w", maxWorkers: nil) },
      makesClaims: true)
    return summarise(TrialColumns(measured), context).cells.contains { row in
      row.simultaneous.map { $0.low > 1 || $0.high < 1 } ?? false
    }
  }

  @Test func blocksSeeNoDifferenceWhereThereIsNone() {
    let claims = (1...60).count { Self.claims(.blocks, seed: $0) }
    #expect(claims <= 5, "\(claims) of 60 runs")
  }

  @Test func cellAfterCellFindsOneInNearlyEveryRun() {
    let claims = (1...20).count { Self.claims(.sequential, seed: $0) }
    #expect(claims >= 18, "\(claims) of 20 runs")
  }
}
