import Model
import Testing

@testable import Runner

struct ScheduleTests {
  @Test(arguments: [1, 2, 7], [1, 3])
  func everyBlockHasEveryCellOnce(cells: Int, warmup: Int) {
    let all = Array(Schedule(cellCount: cells, settings: settings(trials: 4, warmup: warmup)))
    #expect(all.count == cells * (4 + warmup))
    for block in 0...4 {
      let trials = all.filter { $0.block == block }
      let rounds = block == 0 ? warmup : 1
      #expect(trials.map(\.cell).sorted() == (0..<cells).flatMap { cell in (0..<rounds).map { _ in cell } })
      #expect(trials.map(\.position).sorted() == (1...cells).flatMap { place in (0..<rounds).map { _ in place } })
    }
    #expect(all.map(\.block) == all.map(\.block).sorted())
    #expect(Set(all.map { [$0.cell, $0.block, $0.trial] }).count == all.count)
  }

  @Test func aSeedIsAnOrder() {
    let order = { (seed: Int) in Schedule(cellCount: 20, settings: settings(trials: 3, seed: seed)).map(\.cell) }
    #expect(order(1) == order(1))
    #expect(order(1) != order(2))
  }

  @Test func blocksDifferFromEachOther() {
    let all = Array(Schedule(cellCount: 20, settings: settings(trials: 2)))
    #expect(all[..<20].map(\.cell) != all[20...].map(\.cell))
  }

  @Test func moreTrialsBeginWithTheSame() {
    let few = Array(Schedule(cellCount: 5, settings: settings(trials: 3, warmup: 1)))
    let many = Array(Schedule(cellCount: 5, settings: settings(trials: 9, warmup: 1)))
    #expect(Array(many[..<few.count]) == few)
  }

  /// A run that may go on until it is precise begins as every run does, and has an order as far as it may go.
  @Test(arguments: [0, 2])
  func theMostThatMayBeBeginsWithTheLeast(warmup: Int) {
    let fixed = settings(trials: 10, warmup: warmup)
    var open = fixed
    open.precision = 0.05
    open.maxTrials = 50
    let few = Array(Schedule(cellCount: 5, settings: fixed))
    let many = Array(Schedule(cellCount: 5, settings: open))
    #expect(Array(many[..<few.count]) == few)
    #expect(many.count == 5 * (50 + warmup))
  }

  @Test func sequentialIsCellAfterCell() {
    let all = Array(Schedule(cellCount: 2, settings: settings(trials: 2, warmup: 1, order: .sequential)))
    #expect(all.map(\.cell) == [0, 0, 0, 1, 1, 1])
    #expect(all.map(\.block) == [0, 1, 2, 0, 1, 2])
  }

  @Test func estimatesCountOnlyWhatRemains() {
    var estimate = TimeEstimate(remaining: [2, 2, 1])
    #expect(estimate.rest == nil)
    estimate.add(1, cell: 0)
    #expect(estimate.rest == 4.0, "cells without a trial count as the average")
    estimate.add(10, cell: 1)
    #expect(estimate.rest == 16.5)
    estimate.add(3, cell: 2)
    estimate.add(3, cell: 0)
    #expect(estimate.rest == 10)
    estimate.add(10, cell: 1)
    #expect(estimate.rest == 0)
  }

  @Test func estimatesFollowWhatIsExpected() {
    var estimate = TimeEstimate(remaining: [2, 2, 1])
    estimate.add(1, cell: 0)
    estimate.add(4, cell: 1)
    estimate.extend(by: 3)
    #expect(estimate.rest == 30, "4 × 1, 4 × 4, and 4 × their mean")
    estimate.extend(by: -4)
    #expect(estimate.rest == 0)
  }
}
