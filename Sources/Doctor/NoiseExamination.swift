internal import Model
internal import Results
internal import Statistics

/// The A/A experiment: several short runs, each of two identical cells.
struct NoiseExamination {
  static let runs = 6
  /// The number of trials of each cell, as a file has it by default.
  static let trials = 10
  static let detectableAt = [10, 30]

  let run: ReferenceRun
  /// The time at which `doctor` began.
  let startedAt: String
  let machine: DoctorRecord.Machine
  let earlier: DoctorRecord?

  /// Runs the experiment and computes the floors.
  ///
  /// - Parameter observe: receives the number of each run that begins, from 1.
  /// - Throws: `ReferenceProblem`, `Interruption`.
  func findings(observe: (Int) -> Void) throws -> NoiseFindings {
    var times: [[[Double]]] = []
    for number in 1...Self.runs {
      observe(number)
      times.append(try blocks(seed: number))
    }
    let new = times.compactMap { blocks in
      median(of: blocks.map { $0[0] }).map {
        DoctorRecord.Median(at: startedAt, work: ReferencePlans.work, seconds: $0)
      }
    }
    let medians = DoctorRecord.medians(of: earlier, on: machine, and: new, of: ReferencePlans.work)
    guard let cells = IdenticalCells(runs: times),
      let betweenRuns = NoiseFloor.betweenRuns(medians: medians.map(\.seconds))
    else { throw ReferenceProblem(description: "the clock showed no time") }
    return NoiseFindings(
      withinRun: NoiseFloor.withinRun(cells, trials: Self.trials), betweenRuns: betweenRuns,
      detectable: Dictionary(
        uniqueKeysWithValues: Self.detectableAt.map { ($0, NoiseFloor.detectableDifference(cells, trials: $0)) }),
      medians: medians, newRuns: new.count)
  }

  /// Returns the times of a run, a row for each block, in the order of the cells.
  private func blocks(seed: Int) throws -> [[Double]] {
    let plan = run.plans.identicalCells(trials: Self.trials, seed: seed)
    let trials = try run.trials(of: plan)
    return (1...Self.trials).map { block in
      plan.cells.compactMap { cell in
        trials.first { $0.block == block && $0.cellID == cell.id }?.measures[.wall]
      }
    }
  }
}
