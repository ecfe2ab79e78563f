import Model
import Statistics
import Testing

@Suite struct SummariseTests {
  @Test func warmUpsAreLeftOut() {
    let with = summary(of: [1.0, 2.0, 3.0], warmups: [900.0, .not(.failed), .timeout])
    #expect(with == summary(of: [1.0, 2.0, 3.0]))
    #expect(with[.count] == 3)
    #expect(with[.failed] == 0)
  }

  @Test func aCellThatOnlyWarmedUpHasNoRow() {
    #expect(summaries(of: [Cell("threads", [], warmups: [1.0])]).isEmpty)
  }

  @Test func theOrderIsThePlans() {
    let cells = ["zebra", "ant", "mole"].map { Cell($0, [1.0, 2.0]) }
    #expect(summaries(of: cells).map(\.strategy) == ["zebra", "ant", "mole"])
  }

  @Test func theNumbersOfSixTrials() {
    let summary = summary(of: [5.0, 1.0, 3.0, 2.0, 4.0, 9.0])
    let expected: [SummaryColumn: Double] = [
      .workers: 1, .count: 6, .failed: 0, .retried: 0, .outliers: 1, .wallMedian: 3.5, .wallCILow: 1, .wallCIHigh: 9,
      .wallMean: 4, .wallMAD: 1.5, .wallMin: 1, .wallMax: 9, .wallP25: 2.25, .wallP75: 4.75,
      .tasksPerSecond: 25, .bytesPerSecond: 1250, .cpuMedian: 2.625, .taskP50: 0.035,
    ]
    for (column, value) in expected {
      #expect(isClose(summary[column], value), "\(column.rawValue)")
    }
    // Σ (x − 4)² = 40, over n − 1 = 5.
    #expect(isClose(summary[.wallSD], 8.0.squareRoot()))
    #expect(isClose(summary[.wallCV], 8.0.squareRoot() / 4))
    #expect(columns(of: summary) == Set(expected.keys).union([.wallSD, .wallCV]))
  }

  @Test func anOutlierIsCountedAndKept() {
    let summary = summary(of: [1.0, 1.1, 1.2, 1.3, 1.4, 50.0])
    #expect(summary[.outliers] == 1)
    #expect(summary[.wallMax] == 50)
    #expect(summary[.wallMean].map { $0 > 9 } == true)
  }

  @Test func ofOneTrialThereIsNoSpread() {
    let summary = summary(of: [0.5])
    #expect(summary[.count] == 1)
    for column in [SummaryColumn.wallMedian, .wallMean, .wallMin, .wallMax, .wallP25, .wallP75] {
      #expect(summary[column] == 0.5, "\(column.rawValue)")
    }
    for column in [SummaryColumn.wallSD, .wallCV, .wallCILow, .wallCIHigh] {
      #expect(summary[column] == nil, "\(column.rawValue)")
    }
  }

  @Test func identicalTimes() {
    let summary = summary(of: Array(repeating: 0.25, count: 10))
    for column in [SummaryColumn.wallSD, .wallMAD, .wallCV, .outliers] {
      #expect(summary[column] == 0, "\(column.rawValue)")
    }
    for column in [SummaryColumn.wallMedian, .wallCILow, .wallCIHigh, .wallMean, .wallP25] {
      #expect(summary[column] == 0.25, "\(column.rawValue)")
    }
  }

  @Test func timesOfZero() {
    let cells = [Cell("sync", Array(repeating: 0.0, count: 6)), Cell("threads", Array(repeating: 0.0, count: 6))]
    let pair = summaries(of: cells.map { cell in with(cell) { $0.baseline = cells[0].id } })
    for summary in pair {
      #expect(summary[.wallMedian] == 0)
      #expect(summary[.wallSD] == 0)
      for column in [SummaryColumn.wallCV, .tasksPerSecond, .bytesPerSecond, .speedupVsBaseline] {
        #expect(summary[column] == nil, "\(column.rawValue)")
      }
    }
  }

  /// 100 tasks in 1 s and 100 in 9 s are 20 a second; the mean of the rates would be 55.6.
  @Test func ratesAreAllTheWorkOverAllTheTime() {
    let summary = summary(of: [1.0, 9.0])
    #expect(summary[.tasksPerSecond] == 20)
    #expect(summary[.bytesPerSecond] == 1000)
  }
}

func with<T>(_ value: T, _ change: (inout T) -> Void) -> T {
  var value = value
  change(&value)
  return value
}
