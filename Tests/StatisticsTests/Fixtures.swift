import Model
import Statistics

/// How a trial came out: a time, or what else became of it.
enum Outcome: ExpressibleByFloatLiteral, Hashable {
  case took(Double)
  case not(TrialStatus)

  init(floatLiteral value: Double) {
    self = .took(value)
  }

  static let timeout = Outcome.not(.timeout)
}

/// One cell of an experiment, with a trial in each block.
struct Cell {
  var strategy: String
  var workers: Int
  var outcomes: [Outcome]
  var work = "web"
  var warmups: [Outcome] = []
  var baseline: String?

  init(
    _ strategy: String, workers: Int = 1, _ outcomes: [Outcome], work: String = "web", warmups: [Outcome] = [],
    baseline: String? = nil
  ) {
    self.strategy = strategy
    self.workers = workers
    self.outcomes = outcomes
    self.work = work
    self.warmups = warmups
    self.baseline = baseline
  }

  var id: String { "\(work)/\(strategy)/max_workers=\(workers)" }

  var trials: [Trial] {
    warmups.map { trial($0, number: 1, block: 0, isWarmup: true) }
      + outcomes.enumerated().map { trial($1, number: $0 + 1, block: $0 + 1, isWarmup: false) }
  }

  private func trial(_ outcome: Outcome, number: Int, block: Int, isWarmup: Bool) -> Trial {
    var trial = Trial(
      cellID: id, workload: work, strategy: strategy, levels: [.integer(workers)], workers: workers, block: block,
      position: 1, trial: number, isWarmup: isWarmup, startedAt: "2026-11-22T08:15:00.000Z")
    trial.tasks = 100
    switch outcome {
    case .took(let time):
      trial.tasksOK = 100
      trial.tasksFailed = 0
      trial.bytes = 5000
      trial.measures[.wall] = time
      trial.measures[.cpuUser] = time / 2
      trial.measures[.cpuSystem] = time / 4
      trial.measures[.taskP50] = time / 100
    case .not(let status):
      trial.status = status
      // What was measured of it is kept in the row, and must not get into a summary.
      if status != .timeout { trial.measures[.wall] = 1e-6 }
    }
    return trial
  }
}

func summaries(of cells: [Cell], makesClaims: Bool = true) -> [Summary] {
  analysis(of: cells, makesClaims: makesClaims).cells
}

func analysis(
  of cells: [Cell], makesClaims: Bool = true, change: (inout SummaryContext.Cell) -> Void = { _ in }
) -> Analysis {
  let context = SummaryContext(
    cells: cells.map { cell in
      with(
        SummaryContext.Cell(
          id: cell.id, baseline: cell.baseline, work: .init(labels: [cell.work]),
          curve: .init(labels: [cell.work, cell.strategy]),
          maxWorkers: cell.workers), change)
    },
    makesClaims: makesClaims)
  // By block, as a run makes them.
  return summarise(TrialColumns(cells.flatMap(\.trials).sorted { $0.block < $1.block }), context)
}

func summary(of outcomes: [Outcome], warmups: [Outcome] = []) -> Summary {
  summaries(of: [Cell("threads", outcomes, warmups: warmups)])[0]
}

/// Columns that a summary has a number in.
func columns(of summary: Summary) -> Set<SummaryColumn> {
  Set(SummaryColumn.allCases.filter { summary[$0] != nil })
}
