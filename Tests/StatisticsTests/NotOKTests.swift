import Model
import Statistics
import Testing

@Suite struct NotOKTests {
  @Test(arguments: [TrialStatus.failed, .crashed, .wrong])
  func whatIsNotOKIsCountedAndNotSummarised(status: TrialStatus) {
    let with = summary(of: [1.0, .not(status), 2.0, 3.0])
    let without = summary(of: [1.0, 2.0, 3.0])
    #expect(with[.count] == 3)
    #expect(with[.failed] == 1)
    for column in SummaryColumn.allCases where column != .failed {
      #expect(with[column] == without[column], "\(column.rawValue)")
    }
  }

  @Test(arguments: [TrialStatus.failed, .crashed, .wrong])
  func itsCellIsNeverRecommended(status: TrialStatus) {
    let fast: [Outcome] = [1.0, 1.0, .not(status)]
    let rows = summaries(of: [Cell("threads", workers: 1, [2.0, 2.0, 2.0]), Cell("threads", workers: 2, fast)])
    #expect(rows.map(\.isRecommended) == [true, false])
    // Nor is it where it is the only one, and nor does it set the mark for others.
    #expect(summaries(of: [Cell("threads", fast)]).map(\.isRecommended) == [false])
  }

  @Test(arguments: TrialStatus.allCases.filter { $0 != .ok })
  func allTrialsNotOK(status: TrialStatus) {
    let baseline = Cell("sync", Array(repeating: .not(status), count: 6))
    let rows = summaries(of: [baseline, Cell("threads", Array(repeating: 1.0, count: 6), baseline: baseline.id)])
    #expect(rows[0][.count] == 0)
    #expect(rows[0][.failed] == 6)
    #expect(columns(of: rows[0]) == [.workers, .count, .failed, .retried])
    #expect(rows[0].isRecommended == false)
    #expect(rows[1][.speedupVsBaseline] == nil)
    #expect(rows[1][.speedupVsBaselineCILow] == nil)
    #expect(rows[1][.speedupVsBaselineCIHigh] == nil)
    #expect(rows[1].isRecommended == true)
  }
}

@Suite struct TimeoutTests {
  @Test func theMedianOfMostlyTimeoutsIsEmpty() {
    let summary = summary(of: [1.0, .timeout, .timeout, 2.0, .timeout, .timeout])
    #expect(summary[.count] == 2)
    #expect(summary[.failed] == 4)
    for column in [SummaryColumn.wallMedian, .wallCIHigh, .wallMax, .wallP75, .wallMean, .wallSD, .wallMAD, .wallCV] {
      #expect(summary[column] == nil, "\(column.rawValue)")
    }
    #expect(summary[.wallMin] == 1)
    #expect(summary[.wallCILow] == 1)
  }

  /// The survivors' median is 2; with the one that took longer than anyone waited, it is 2.5.
  @Test func aTimeoutMovesTheMedianUp() {
    let summary = summary(of: [1.0, 2.0, 3.0, .timeout])
    #expect(summary[.wallMedian] == 2.5)
    #expect(summary[.wallP25] == 1.75)
    #expect(summary[.wallP75] == nil)
    #expect(summary[.wallMean] == nil)
  }

  @Test func aTimeoutIsAnOutlier() {
    #expect(summary(of: [1.0, 1.0, 1.0, 1.0, 1.0, .timeout])[.outliers] == 1)
  }

  @Test func aTimeoutCountsAmongTheTrialsOfTheInterval() {
    let summary = summary(of: [1.0, 2.0, 3.0, 4.0, 5.0, .timeout])
    #expect(summary[.wallCILow] == 1)
    #expect(summary[.wallCIHigh] == nil)
  }

  /// Its time is unknown, so its speedup is: not 0.
  @Test func aCellThatMostlyTimedOutHasNoSpeedup() {
    let base = Cell("sync", Array(repeating: 1.0, count: 6))
    let rows = summaries(of: [
      base, Cell("threads", [1.0, 1.0] + Array(repeating: .timeout, count: 4), baseline: base.id),
    ])
    for column in [SummaryColumn.speedupVsBaseline, .speedupVsBaselineCILow, .speedupVsBaselineCIHigh] {
      #expect(rows[1][column] == nil, "\(column.rawValue)")
    }
  }

  /// A base that timed out twice in six has no upper end of its slowness.
  @Test func aBaseThatTimedOutAtTimesLeavesTheSpeedupOpen() throws {
    let base = Cell("sync", [2.0, 2.0, .timeout, 2.0, .timeout, 2.0])
    let rows = summaries(of: [base, Cell("threads", Array(repeating: 1.0, count: 6), baseline: base.id)])
    #expect(rows[1][.speedupVsBaseline] == 2)
    #expect(rows[1][.speedupVsBaselineCILow] == 2)
    #expect(rows[1][.speedupVsBaselineCIHigh] == nil)
  }
}
