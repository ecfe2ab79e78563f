import Model
import OS
import Results
import TestFiles
import Testing

/// Whether a run that was completed has all that is asked for now.
struct UnfinishedRunTests {
  private let folder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder()
  }

  /// What is asked for, of two cells without warm-ups.
  struct Length: Sendable, CustomTestStringConvertible {
    var trials = 10
    var precision: Double?
    var max: Int?
    var budget: Double?

    var plan: Plan {
      let cells = ["sync", "threads"].map { name in
        Cell(
          id: "web/\(name)", workload: "web", strategy: name, levels: [nil], workloadPlugin: nil,
          strategyPlugin: ResolvedPlugin(PluginDescription(.strategy, name, summary: ""), parameters: [:]))
      }
      var plan = Plan(
        experiment: "e", axes: [Axis(name: "max_workers", side: .strategy)], cells: cells)
      plan.settings.warmup = 0
      plan.settings.trials = trials
      plan.settings.precision = precision
      plan.settings.maxTrials = max
      plan.settings.budget = budget
      return plan
    }

    var testDescription: String { "\(trials) \(precision ?? 0) \(max ?? 0) \(budget ?? 0)" }
  }

  /// Completes a run of so many trials, cell after cell in each block.
  private func complete(_ length: Length, trials: Int, because reason: StopReason) throws {
    let plan = length.plan
    let sitting = Manifest.Sitting(
      startedAt: "now", commandLine: [],
      machine: Manifest.MachineRecord(host: "h", kernel: "k", cpuModel: nil, effectiveCores: 1, memoryBytes: 1),
      versions: [:], git: nil)
    var store = try RunStore.create(
      for: plan, source: [], output: folder.path, host: "h", startedAt: .now()
    ) { run in Manifest(plan: plan, run: run, sitting: sitting, warnings: []) }
    for index in 0..<trials {
      let cell = plan.cells[index % 2]
      try store.append(
        Trial(
          cellID: cell.id, workload: cell.workload, strategy: cell.strategy, levels: [.null], block: 1 + index / 2,
          position: 1 + index % 2, trial: 1 + index / 2, isWarmup: false, startedAt: "now"))
    }
    try store.finish(state: "completed", because: reason, at: "later", summaries: [])
  }

  private func isWhole(for length: Length) throws -> Bool {
    switch try UnfinishedRun.find(for: length.plan, in: folder.path) {
    case .allWhole: true
    case .unfinished, .noRuns: false
    }
  }

  @Test(arguments: [
    (Length(), true), (Length(trials: 9), true), (Length(trials: 11), false), (Length(budget: 1), true),
    (Length(precision: 0.05, max: 50), false),
  ])
  func ofAFixedNumber(length: Length, whole: Bool) throws {
    try complete(Length(), trials: 20, because: .trials)
    #expect(try isWhole(for: length) == whole)
  }

  @Test(arguments: [
    (Length(precision: 0.05, max: 50), true), (Length(precision: 0.1, max: 50), true),
    (Length(precision: 0.05, max: 99), true), (Length(precision: 0.04, max: 50), false),
    (Length(trials: 14, precision: 0.05, max: 50), false), (Length(), true), (Length(trials: 14), false),
    (Length(precision: 0.05, max: 50, budget: 1), true),
  ])
  func ofOneThatIsPrecise(length: Length, whole: Bool) throws {
    try complete(Length(precision: 0.05, max: 50), trials: 26, because: .precision)
    #expect(try isWhole(for: length) == whole)
  }

  @Test(arguments: [
    (Length(precision: 0.05, max: 12), true), (Length(precision: 0.01, max: 12), true),
    (Length(precision: 0.05, max: 13), false), (Length(precision: 0.05, max: 11), true), (Length(), true),
    (Length(trials: 13), false),
  ])
  func ofOneThatHasTheMost(length: Length, whole: Bool) throws {
    try complete(Length(precision: 0.05, max: 12), trials: 24, because: .max)
    #expect(try isWhole(for: length) == whole)
  }

  @Test(arguments: [
    (Length(budget: 60), true), (Length(trials: 20, budget: 60), true), (Length(budget: 30), true),
    (Length(budget: 61), false), (Length(), false),
  ])
  func ofOneWhoseTimeWasSpent(length: Length, whole: Bool) throws {
    try complete(Length(budget: 60), trials: 8, because: .budget)
    #expect(try isWhole(for: length) == whole)
  }

  /// A line of the journal was damaged: its block isn't whole any more, whatever ended the run.
  @Test(arguments: StopReason.allCases) func aHoleIsFilled(reason: StopReason) throws {
    let length = Length(precision: 0.05, max: 12, budget: 60)
    try complete(length, trials: 23, because: reason)
    #expect(try !isWhole(for: length))
  }
}
