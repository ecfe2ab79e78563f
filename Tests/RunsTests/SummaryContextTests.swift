import Model
import Runs
import Statistics
import Testing

/// Which cells do the same work, and which differ only in their workers.
struct SummaryContextTests {
  private func facts(
    _ strategy: String, _ workers: Int?, size: Int? = nil, label: String = "web", parallelism: String = "threads"
  ) -> CellFacts {
    let id = "\(label)/\(strategy)/\(workers ?? 0),\(size ?? 0)"
    return CellFacts(
      TrialColumns.CellIdentity(
        id: id, workload: label, strategy: strategy,
        levels: [size.map(Value.integer), workers.map(Value.integer)]), baseline: nil, catalog: catalog)
  }

  private let axes = [Axis(name: "size", side: .work), Axis(name: ParameterName.maxWorkers, side: .strategy)]

  private func context(_ cells: [CellFacts]) -> SummaryContext {
    SummaryContext(cells, axes: axes, makesClaims: true, maxRate: 50)
  }

  @Test func workIsTheLabelAndTheLevelsOfItsAxes() {
    let cells = context([
      facts("sync", nil, size: 1), facts("threads", 4, size: 1), facts("threads", 4, size: 2),
      facts("threads", 4, size: 1, label: "other"),
    ]).cells
    #expect(cells[0].work == cells[1].work)
    #expect(cells[0].work != cells[2].work)
    #expect(cells[0].work != cells[3].work)
  }

  /// Labels and levels are kept apart: `a` with `b` isn't `a\nb`.
  @Test func labelsThatLookLikeLevelsDoNotCollide() {
    let cells = context([facts("threads", 1, label: "a\n1"), facts("threads", 1, size: 1, label: "a")]).cells
    #expect(cells[0].work != cells[1].work)
  }

  @Test func theCellWithOneWorkerIsThatOfTheSameCurve() {
    let cells = context([
      facts("threads", 1, size: 1), facts("threads", 4, size: 1), facts("threads", 4, size: 2),
      facts("sync", 1, size: 2),
    ]).cells
    #expect(cells.map(\.oneWorker) == [cells[0].id, cells[0].id, nil, cells[3].id])
    #expect(cells[0].curve == cells[1].curve)
    #expect(cells[1].curve != cells[2].curve)
  }

  @Test func whatComputesFollowsFromTheStrategy() {
    let cells = context([facts("sync", nil), facts("threads", 4), facts("mine", 4)]).cells
    #expect(cells.map(\.computingThreads) == [1, 4, nil])
    #expect(cells.map(\.workersUseCPUs) == [false, true, true])
    #expect(cells.map(\.maxWorkers) == [nil, 4, 4])
  }

  @Test func theRateCountsForRequestsOnly() {
    let plan = plan()
    let own = SummaryContext(
      plan.cells.map { CellFacts($0, in: plan) }, axes: plan.axes, makesClaims: true, maxRate: 50)
    #expect(own.cells.map(\.rateLimit) == [50, 50, 50])
    #expect(context([facts("sync", nil)]).cells.map(\.rateLimit) == [nil])
  }

  @Test func aPlanSaysTheRest() {
    let context = SummaryContext(
      plan {
        $0.settings.order = .sequential
        $0.settings.recordsTasks = true
        $0.settings.makesClaims = false
      })
    #expect(context.isSequential)
    #expect(context.recordsTasks)
    #expect(!context.makesClaims)
    #expect(context.cells.map(\.baseline) == ["web/sync", "web/sync", "web/sync"])
  }
}
