import Model
import Statistics
import Testing

@Suite struct ComparisonTests {
  @Test func aSpeedupIsTheRatioOfMedians() {
    let base = Cell("sync", [4.0, 6.0, 5.0])
    let rows = summaries(of: [base, Cell("threads", workers: 4, [2.0, 9.0, 2.5], baseline: base.id)])
    #expect(rows[1][.speedupVsBaseline] == 2)
    #expect(rows[0][.speedupVsBaseline] == nil)
  }

  @Test func theBaselineComparedWithItselfIsOneWithoutAnInterval() {
    let base = Cell("sync", Array(repeating: 3.0, count: 6), baseline: "web/sync/max_workers=1")
    let row = summaries(of: [base])[0]
    #expect(row[.speedupVsBaseline] == 1)
    #expect(row[.speedupVsBaselineCILow] == nil)
  }

  @Test func identicalCellsAreExactlyAsFast() {
    let times: [Outcome] = [1.0, 1.2, 0.9, 1.1, 3.0, 1.05, 0.97]
    let base = Cell("sync", times)
    let row = summaries(of: [base, Cell("threads", times, baseline: base.id)])[1]
    #expect(row[.speedupVsBaseline] == 1)
    #expect(row[.speedupVsBaselineCILow] == 1)
    #expect(row[.speedupVsBaselineCIHigh] == 1)
  }

  @Test(arguments: [5, 6]) func sixTrialsMakeAnInterval(count: Int) {
    let base = Cell("sync", (0..<count).map { .took(2 + Double($0) / 10) })
    let row = summaries(of: [base, Cell("threads", (0..<count).map { .took(1 + Double($0) / 7) }, baseline: base.id)])[
      1]
    #expect(row[.speedupVsBaseline] != nil)
    #expect((row[.speedupVsBaselineCILow] != nil) == (count == 6))
    #expect((row[.speedupVsBaselineCIHigh] != nil) == (count == 6))
  }

  /// On either side.
  @Test func fiveTrialsMakeNoneAgainstSix() {
    let (five, six) = ((0..<5), (0..<6))
    for (base, other) in [(five, six), (six, five)] {
      let first = Cell("sync", base.map { .took(2 + Double($0) / 10) })
      let row = summaries(of: [first, Cell("threads", other.map { .took(1 + Double($0) / 7) }, baseline: first.id)])[1]
      #expect(row[.speedupVsBaseline] != nil)
      #expect(row[.speedupVsBaselineCILow] == nil)
      #expect(row.simultaneous == nil)
    }
  }

  @Test func theSameTrialsGiveTheSameSummary() {
    let base = Cell("sync", [1.0, 1.5, 0.9, 1.1, 3.0, 1.05, 0.97])
    let cells = [base, Cell("threads", [0.5, 0.7, 0.4, 0.6, 0.5, 0.9, 0.55], baseline: base.id)]
    #expect(summaries(of: cells) == summaries(of: cells))
  }

  /// Trials come by block, in whatever order: what belongs together is told by the block, not by the place.
  @Test func theOrderOfTrialsDoesNotMatter() {
    let base = Cell("sync", [1.0, 1.5, 0.9, 1.1, 3.0, 1.05, 0.97])
    let cells = [base, Cell("threads", [0.5, 0.7, 0.4, 0.6, 0.5, 0.9, 0.55], baseline: base.id)]
    let context = SummaryContext(
      cells: cells.map { .init(id: $0.id, baseline: $0.baseline, work: .init(labels: [$0.work]), maxWorkers: nil) },
      makesClaims: true)
    let trials = cells.flatMap(\.trials)
    let expected = summarise(TrialColumns(trials), context).cells
    #expect(expected[1][.speedupVsBaselineCILow] != expected[1][.speedupVsBaselineCIHigh])
    var generator = SplitMix64(seed: 3)
    for _ in 0..<3 {
      let order = generator.permutation(trials.count)
      let shuffled = summarise(TrialColumns(order.map { trials[$0] }), context).cells
      for (a, b) in zip(shuffled, expected) {
        for column in SummaryColumn.allCases {
          #expect(isClose(a[column], b[column]), "\(a.cellID) \(column.rawValue)")
        }
      }
    }
  }

  @Test func aBaselineThatWasNeverRunIsNoMatter() {
    let row = summaries(of: [Cell("threads", [1.0, 2.0], baseline: "web/sync")])[0]
    #expect(row[.speedupVsBaseline] == nil)
  }
}
