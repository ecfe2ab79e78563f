import Board
import Conversation
import Model
import OS
import Time
import TimeLiterals

@testable import Runner

/// A plan of cells that nobody can really run.
func fakePlan(
  cells: Int = 3, settings: RunSettings = RunSettings(), hooks: Hooks = Hooks(), metrics: [String] = []
) -> Plan {
  let work = ResolvedPlugin(
    PluginDescription(.workload, "sleep", summary: "", waitParameter: "duration"),
    parameters: ["duration": .number(0.001)])
  let strategy = PluginDescription(.strategy, "threads", summary: "", parallelism: .threadPerWorker)
  return Plan(
    experiment: "fake", axes: [Axis(name: "max_workers", side: .strategy)],
    cells: (0..<cells).map { index in
      Cell(
        id: "w/s\(index)/max_workers=\(index + 1)", workload: "w", strategy: "s\(index)",
        levels: [Level(.integer(index + 1))], workloadPlugin: work,
        strategyPlugin: ResolvedPlugin(strategy, parameters: ["max_workers": .integer(index + 1)]), baseline: 0
      )
    }.map { cell in
      var cell = cell
      cell.injectedWait = 0.001
      return cell
    },
    settings: settings, hooks: hooks, metrics: metrics)
}

func settings(trials: Int, warmup: Int = 0, order: RunSettings.Order = .blocks, seed: Int = 1) -> RunSettings {
  var settings = RunSettings()
  settings.trials = trials
  settings.warmup = warmup
  settings.order = order
  settings.seed = seed
  return settings
}

/// A board on which every task took so many nanoseconds, one after the other.
func fakeBoard(times: [Nanoseconds], values: [UInt64]? = nil, edit: (Board) -> Void = { _ in }) throws -> Board {
  let file = try Descriptor.memory(named: "fake")
  let board = try Board.create(in: file.file, taskCount: times.count)
  var now = Nanoseconds.zero
  for (task, time) in times.enumerated() {
    board.begin(task, worker: 0, at: now)
    now += time
    board.succeed(task, at: now, bytes: 10, value: values?[task] ?? 0)
  }
  edit(board)
  return board
}

extension HostedTrial {
  /// A trial that left this board.
  init(_ end: End, board: Board, observed: Nanoseconds? = nil) {
    self.init(end, tasks: TaskEvidence(board), observed: observed)
  }
}

/// Passes no time: answers as it was told to, and remembers what it was asked.
struct FakeExecutor: TrialExecutor {
  var asked: [ScheduledTrial] = []
  var answer: (ScheduledTrial) throws -> HostedTrial = { _ in
    HostedTrial(.done(Done(wall: 1_000_000, checksum: "0000000000000000")), board: try fakeBoard(times: [1000]))
  }
  /// After so many trials the user presses Ctrl-C.
  var interruptedAfter = Int.max

  mutating func execute(_ trial: ScheduledTrial, attempt: Int) throws(Interruption) -> HostedTrial {
    if asked.count == interruptedAfter { throw Interruption(signal: 2) }
    asked.append(trial)
    do {
      return try answer(trial)
    } catch {
      return HostedTrial(.notStarted("\(error)"))
    }
  }
}

/// A clock that stands still unless it is told.
final class FakeClock {
  private(set) var now = Instant.distantPast

  func pass(seconds: Double) { now = now + .seconds(seconds) }
}

/// Satisfied from some number of measured trials on.
struct FakeRule: StoppingRule {
  var enough: Int
  var needed: Int?
  private var measured = 0

  init(enough: Int, needed: Int? = nil) {
    self.enough = enough
    self.needed = needed
  }

  mutating func add(_ trial: Trial) { measured += trial.isWarmup ? 0 : 1 }
  var isSatisfied: Bool { measured >= enough }
  func blocksNeeded(after blocks: Int) -> Int? { needed }
}

/// Runs a plan; what it measured, and how it ended.
func run(
  _ plan: Plan, with executor: inout FakeExecutor, earlier: [Trial] = [], rule: (any StoppingRule)? = nil,
  clock: FakeClock = FakeClock(), repeatsFailed: Bool = false, observe: (ExperimentRun.Event) -> Void = { _ in }
) -> (trials: [Trial], end: ExperimentRun.End) {
  let run = ExperimentRun(
    plan: BoundPlan(plan), effectiveCores: 2, environment: ["PATH": "/usr/bin:/bin"],
    facts: ["CONCRUN_EXPERIMENT": "fake"],
    interrupts: .none, earlier: earlier, repeatsFailed: repeatsFailed, rule: rule, clock: { clock.now })
  var trials: [Trial] = []
  let end = run.run(with: &executor) { trial, _ in
    trials.append(trial)
  } observe: { event in
    observe(event)
  }
  return (trials, end)
}
