import Model
import Statistics
import Testing

@Suite struct RecommendationTests {
  /// Levels of one strategy with their medians, and which of them is recommended.
  private static let cases: [(levels: [Int], medians: [Double], recommended: Double)] = [
    ([1, 2, 4, 8], [4, 2, 1, 0.98], 4),
    ([1, 2, 4, 8], [4, 2, 1.06, 1], 8),
    ([1, 2], [1.05, 1], 1),
    ([1, 2], [1.051, 1], 2),
    ([8, 4, 2], [1, 1, 1], 2),
    ([1, 2], [0, 0], 1),
    ([4], [3], 4),
  ]

  @Test(arguments: cases)
  func theSmallestLevelWithin5Percent(levels: [Int], medians: [Double], recommended: Double) {
    let rows = summaries(of: zip(levels, medians).map { Cell("threads", workers: $0, [.took($1)]) })
    #expect(rows.filter { $0.isRecommended == true }.map { $0[.workers] } == [recommended])
    #expect(rows.allSatisfy { $0.isRecommended != nil })
  }

  @Test func oneForEachStrategyAndWork() {
    let rows = summaries(of: [
      Cell("threads", workers: 1, [1.0], work: "web"), Cell("threads", workers: 2, [0.5], work: "web"),
      Cell("threads", workers: 1, [0.01], work: "squares"), Cell("threads", workers: 2, [0.02], work: "squares"),
      Cell("async", workers: 1, [9.0], work: "web"), Cell("async", workers: 2, [9.1], work: "web"),
    ])
    #expect(rows.map(\.isRecommended) == [false, true, true, false, true, false])
  }

  /// The best is of the sound ones: a cell that may not be recommended doesn't set the mark either.
  @Test func anUnsoundBestDoesNotSetTheMark() {
    let rows = summaries(of: [
      Cell("threads", workers: 1, [1.04, 1.04]), Cell("threads", workers: 2, [1.0, 1.0]),
      Cell("threads", workers: 4, [0.1, .not(.wrong)]),
    ])
    #expect(rows.map(\.isRecommended) == [true, false, false])
  }

  @Test func nothingWithoutClaims() {
    let cells = [Cell("threads", workers: 1, [1.0]), Cell("threads", workers: 2, [0.5])]
    #expect(summaries(of: cells, makesClaims: false).map(\.isRecommended) == [nil, nil])
  }
}

@Suite struct FiniteTests {
  private static let oddities: [Outcome] = [
    0.0, 1e-300, 1.0, 1e300, .took(.greatestFiniteMagnitude), .took(.leastNonzeroMagnitude), .took(.infinity),
    .took(.nan), .timeout, .not(.failed), .not(.crashed), .not(.wrong),
  ]

  /// Neither a NaN nor an infinity gets into a summary, whatever trials are like.
  @Test(arguments: 0..<60) func everyNumberIsFinite(seed: Int) {
    var generator = SplitMix64(seed: UInt64(seed))
    var cells = (0..<3).map { number in
      let count = 1 + generator.next(below: 8)
      return Cell(
        "threads", workers: number + 1,
        (0..<count).map { _ in Self.oddities[generator.next(below: Self.oddities.count)] })
    }
    for index in cells.indices {
      cells[index].baseline = cells[0].id
    }
    let rows = summaries(of: cells)
    #expect(rows.count == 3)
    for row in rows {
      for column in SummaryColumn.allCases {
        #expect(row[column]?.isFinite != false, "\(row.cellID) \(column.rawValue)")
      }
    }
  }
}
