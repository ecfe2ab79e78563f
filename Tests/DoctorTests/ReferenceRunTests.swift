import Board
import Conversation
import Model
import OS
import Results
import Runner
import Testing
import Time
import TimeLiterals

@testable import Doctor

/// Runs no trial: answers each by what it was made with.
private struct FakeExecutors: ExecutorFactory {
  var answer: @Sendable (_ trial: ScheduledTrial) throws -> HostedTrial

  private struct Executor: TrialExecutor {
    let answer: @Sendable (ScheduledTrial) throws -> HostedTrial

    mutating func execute(_ trial: ScheduledTrial, attempt: Int) throws(Interruption) -> HostedTrial {
      do {
        return try answer(trial)
      } catch let interruption as Interruption {
        throw interruption
      } catch {
        return HostedTrial(.notStarted("\(error)"))
      }
    }
  }

  func executor(for plan: BoundPlan, keepsRows: Bool, origin: (any TrialOrigin)?) -> any TrialExecutor {
    Executor(answer: answer)
  }

  /// A trial of one task that took so long.
  static func done(_ wall: Nanoseconds) throws -> HostedTrial {
    let file = try Descriptor.memory(named: "fake")
    let board = try Board.create(in: file.file, taskCount: 1)
    board.begin(0, worker: 0, at: 0)
    board.succeed(0, at: wall, bytes: 0, value: 0)
    return HostedTrial(.done(Done(wall: wall, checksum: checksumText(0))), tasks: TaskEvidence(board))
  }
}

/// Reference runs of `doctor`, without a trial being run.
struct ReferenceRunTests {
  private let plans = ReferencePlans(
    catalog: Catalog(
      strategies: [
        PluginDescription(.strategy, "sync", summary: ""), PluginDescription(.strategy, "async", summary: ""),
      ],
      workloads: ["sum_of_squares", "null", "download"].map { PluginDescription(.workload, $0, summary: "") }))

  private func run(_ answer: @escaping @Sendable (ScheduledTrial) throws -> HostedTrial) -> ReferenceRun {
    ReferenceRun(executors: FakeExecutors(answer: answer), interrupts: .none, plans: plans)
  }

  @Test func warmupsAreLeftOut() throws {
    let trials = try run { _ in try FakeExecutors.done(1_000_000) }.trials(of: plans.empty(trials: 5))
    #expect(trials.count == 5)
    #expect(trials.allSatisfy { !$0.isWarmup && $0.measures[.wall] == 0.001 })
  }

  @Test func aTrialThatIsNotOKIsAProblem() {
    let run = run { trial in
      trial.block == 2 ? HostedTrial(.crashed("killed by SIGSEGV")) : try FakeExecutors.done(1)
    }
    #expect {
      try run.trials(of: plans.empty(trials: 5))
    } throws: {
      "\($0)" == "crashed: killed by SIGSEGV"
    }
  }

  @Test func aMissingOriginIsAProblem() {
    let run = run { _ in HostedTrial(.unavailable("the origin: it has ended")) }
    #expect(throws: ReferenceProblem.self) { try run.trials(of: plans.empty(trials: 5)) }
  }

  @Test func ctrlCEndsEverything() {
    let run = run { _ in throw Interruption(signal: 2) }
    #expect(throws: Interruption(signal: 2)) { try run.trials(of: plans.empty(trials: 5)) }
  }

  /// Two cells that take equally long: 3 % apart from block to block, and so from each other.
  @Test func noiseIsFoundInIdenticalCells() throws {
    let run = run { trial in
      try FakeExecutors.done(Nanoseconds(1_000_000 + (trial.block * 7 + trial.cell * 3) % 5 * 6_000))
    }
    let machine = DoctorRecord.Machine(host: "h", cpuModel: nil, effectiveCores: 2, kernel: "6", version: "0")
    var seen: [Int] = []
    let examination = NoiseExamination(run: run, startedAt: "now", machine: machine, earlier: nil)
    let noise = try examination.findings { seen.append($0) }
    #expect(seen == Array(1...NoiseExamination.runs))
    #expect(noise.newRuns == NoiseExamination.runs)
    #expect(noise.medians.count == NoiseExamination.runs)
    #expect(noise.calls == 1)
    #expect(noise.withinRun > 0 && noise.withinRun < 0.05)
    #expect(noise.detectable.keys.sorted() == NoiseExamination.detectableAt)
  }

  @Test func identicalCellsDifferInTheirNamesOnly() {
    let plan = plans.identicalCells(trials: 10, seed: 3)
    #expect(plan.cells.map(\.id) == ["1/sync", "2/sync"])
    #expect(plan.cells[0].workloadPlugin == plan.cells[1].workloadPlugin)
    #expect(plan.settings.seed == 3)
    #expect(plan.settings.blocks == 10...10)
  }

  @Test func downloadsGoToTheOrigin() {
    let plan = plans.downloads(2000)
    #expect(plan.cells[0].origin == [:])
    #expect(plan.cells[0].workloadPlugin?.parameters["urls"] == .list([.string("${origin}/doctor")]))
    #expect(plan.cells[0].workloadPlugin?.parameters[ParameterName.repetitions] == .integer(2000))
    #expect(plan.trialCount == 1)
  }
}
