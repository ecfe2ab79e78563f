import Model
import Testing

@testable import Statistics

@Suite struct RunWarningTests {
  private static let steady: [Outcome] = (0..<10).map { .took(1 + Double($0 % 3) / 100) }

  /// - Parameter cpuShare: of the wall time.
  private static func trials(of cell: Cell, cpuShare: Double, edit: (inout Trial) -> Void = { _ in }) -> [Trial] {
    cell.trials.map { trial in
      var trial = trial
      trial.measures[.cpuUser] = (trial.measures[.wall] ?? 0) * cpuShare
      trial.measures[.cpuSystem] = 0
      edit(&trial)
      return trial
    }
  }

  private static func warnings(
    _ trials: [[Trial]], cores: Double? = 2, clockStep: Double? = nil, _ change: (inout SummaryContext.Cell) -> Void
  ) -> [RunWarning] {
    let cells = trials.compactMap(\.first).map { first in
      var cell = SummaryContext.Cell(
        id: first.cellID, baseline: nil, work: .init(labels: [first.workload]), maxWorkers: first.levels[0]?.integer)
      cell.computingThreads = first.strategy == "async" ? 1 : first.workers
      change(&cell)
      return cell
    }
    var context = SummaryContext(cells: cells, makesClaims: true)
    context.effectiveCores = cores
    context.clockStep = clockStep
    return summarise(TrialColumns(trials.flatMap(\.self)), context).warnings
  }

  @Test func aQuietRunHasNone() {
    #expect(analysis(of: [Cell("sync", Self.steady), Cell("threads", Self.steady)]).warnings == [])
  }

  @Test func cellAfterCellIsTold() {
    var context = SummaryContext(
      cells: [.init(id: Cell("a", []).id, baseline: nil, work: "web", maxWorkers: nil)], makesClaims: true)
    context.isSequential = true
    #expect(summarise(TrialColumns(Cell("a", Self.steady).trials), context).warnings == [.sequential])
  }

  @Test func tooFewTrials() {
    let cells = [Cell("a", Self.steady), Cell("b", [1.0, 1.0, 1.0]), Cell("c", [1.0, 1.0, 1.0, 1.0, 1.0])]
    #expect(analysis(of: cells).warnings == [.tooFewTrials([cells[1].id, cells[2].id], fewest: 3)])
    #expect(analysis(of: cells, makesClaims: false).warnings == [], "who didn't ask for claims isn't told")
  }

  @Test func moreThreadsThanCores() {
    let work = [1, 2, 4, 8].map {
      Self.trials(of: Cell("threads", workers: $0, Self.steady), cpuShare: Double(min($0, 2)))
    }
    #expect(
      Self.warnings(work) { _ in } == [
        .oversubscribed(["web/threads/max_workers=8", "web/threads/max_workers=4"], cores: 2)
      ])
    #expect(Self.warnings(work) { $0.workersUseCPUs = false } == [], "many tasks on one loop are no such thing")
    // Waiting work is what many threads are for, and two that are busy all the time are the limit.
    let waiting = [1, 2, 4, 8].map {
      Self.trials(of: Cell("threads", workers: $0, Self.steady), cpuShare: 0.25 * Double($0))
    }
    #expect(Self.warnings(waiting) { _ in } == [.clientSaturated(["web/threads/max_workers=8"])])
    #expect(Self.warnings(work, cores: nil) { _ in } == [], "of another machine, nobody knows")
  }

  @Test func aBusyLoopIsTheLimit() {
    let loop = [1, 64].map { Self.trials(of: Cell("async", workers: $0, Self.steady), cpuShare: $0 == 1 ? 0.1 : 0.97) }
    #expect(
      Self.warnings(loop) { $0.workersUseCPUs = false } == [.clientSaturated(["web/async/max_workers=64"])])
  }

  @Test func aClockThatCountsCoarsely() {
    let cell = [Self.trials(of: Cell("sync", Self.steady), cpuShare: 0.1)]
    #expect(Self.warnings(cell, clockStep: 1e-6) { _ in } == [])
    #expect(
      Self.warnings(cell, clockStep: 0.004) { _ in } == [.coarseClock(["web/sync/max_workers=1"], step: 0.004)])
  }

  @Test func timeThatTheTrialDidNotSee() {
    let near = Self.trials(of: Cell("a", Self.steady), cpuShare: 0.1) {
      $0.measures[.observed] = 1.04 * ($0.measures[.wall] ?? 0)
    }
    let far = Self.trials(of: Cell("b", Self.steady), cpuShare: 0.1) {
      $0.measures[.observed] = 1.5 * ($0.measures[.wall] ?? 0)
    }
    guard case .observedDiffers(let cells, let by)? = Self.warnings([near, far], { _ in }).first else {
      Issue.record("no warning")
      return
    }
    #expect(cells == ["web/b/max_workers=1"])
    #expect(isClose(by, 0.5, within: 1e-9))
  }

  @Test func workersWithoutTasks() {
    let cell = Self.trials(of: Cell("threads", workers: 256, Self.steady), cpuShare: 0.1) { $0.workers = 20 }
    #expect(Self.warnings([cell]) { _ in } == [.idleWorkers(["web/threads/max_workers=256"])])
  }

  /// 100 tasks a second is what the trials do.
  @Test func aRateThatWasTheLimit() {
    let cell = [Self.trials(of: Cell("sync", Self.steady), cpuShare: 0.1)]
    #expect(Self.warnings(cell) { $0.rateLimit = 100 } == [.rateLimited(["web/sync/max_workers=1"])])
    #expect(Self.warnings(cell) { $0.rateLimit = 200 } == [])
  }

  @Test func aQueueThatOnlyGrows() {
    let cell = [
      Self.trials(of: Cell("sync", Self.steady), cpuShare: 0.1) {
        $0.measures[.responseP50] = 0.4
        $0.measures[.responseP99] = 0.8
      }
    ]
    func arrivals(_ rate: Double) -> Arrivals { Arrivals(rate: rate, process: .constant, seed: 0) }
    #expect(Self.warnings(cell) { $0.arrivals = arrivals(200) } == [.overloaded(["web/sync/max_workers=1"])])
    #expect(Self.warnings(cell) { $0.arrivals = arrivals(101) } == [])
  }

  @Test func outliersAreTold() {
    let odd: [Outcome] = [1.0, 1.0, 1.01, 1.02, 1.01, 1.0, 1.01, 1.0, 6.0, 7.0]
    #expect(analysis(of: [Cell("a", odd), Cell("b", odd)]).warnings == [.outliers(count: 4, trials: 20)])
    #expect(analysis(of: [Cell("a", [1.0, 1.0, 1.01, 1.02, 1.01, 1.0, 1.01, 1.0, 1.01, 7.0])]).warnings == [])
  }

  @Test func twoLevels() throws {
    let jumps: [Outcome] = (0..<20).map { .took(($0 % 3 == 0 ? 2.0 : 1) + Double($0 % 4) / 1000) }
    let found = analysis(of: [Cell("a", Self.steady), Cell("b", jumps)]).warnings
    guard case .bimodal(let cells, let modes)? = found.first else {
      Issue.record("no warning")
      return
    }
    #expect(cells == ["web/b/max_workers=1"])
    #expect(isClose(modes.high / modes.low, 2, within: 0.01))
  }
}
