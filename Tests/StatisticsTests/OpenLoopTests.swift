import Model
import Statistics
import Testing

/// Where tasks have their times, the schedule decides how long the whole takes: that is nobody's merit.
@Suite struct OpenLoopTests {
  @Test func responsesAreSummarisedAndNothingIsClaimed() {
    let cells = [Cell("sync", [2.0, 2.0, 2.1]), Cell("threads", workers: 4, [1.0, 1.0, 1.1])]
    var trials = cells.flatMap(\.trials)
    for index in trials.indices {
      trials[index].measures[.responseP50] = 0.001 * Double(index + 1)
      trials[index].measures[.responseP99] = 0.01 * Double(index + 1)
    }
    let context = SummaryContext(
      cells: cells.map {
        SummaryContext.Cell(id: $0.id, baseline: cells[0].id, work: "web", maxWorkers: $0.workers)
      }, makesClaims: true)
    let rows = summarise(TrialColumns(trials), context).cells
    #expect(rows.map { $0[.responseP50] } == [0.002, 0.005])
    #expect(rows.map { $0[.responseP99] } == [0.02, 0.05])
    #expect(rows.allSatisfy { $0[.speedupVsBaseline] == nil && $0.isRecommended == nil })
    #expect(rows.allSatisfy { $0[.wallMedian] != nil })
  }
}
