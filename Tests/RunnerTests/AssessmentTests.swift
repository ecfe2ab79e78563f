import Board
import Conversation
import Model
import Testing
import Time
import TimeLiterals

@testable import Runner

struct AssessmentTests {
  private func assess(
    _ hosted: HostedTrial, maxFailed: Double = 0, expected: String? = nil, cell: Int = 1
  ) -> Trial {
    var settings = settings(trials: 1)
    settings.maxFailed = maxFailed
    settings.timeout = 2
    return Assessment(plan: fakePlan(settings: settings, metrics: ["m"]), effectiveCores: 2).trial(
      ScheduledTrial(cell: cell, block: 1, position: 1, trial: 1), attempt: 1, startedAt: "now", hosted: hosted,
      expected: expected)
  }

  @Test func measuresOfAGoodTrial() throws {
    let usage = Done.Usage(
      cpuUser: 3_000_000, cpuSystem: 1_000_000, voluntarySwitches: 7, involuntarySwitches: 8, maxRSSBytes: 9)
    let done = Done(
      wall: 10_000_000, setup: 1_000_000, teardown: 1_000_000, checksum: "00000000000000aa",
      metrics: ["m": 1.5, "unknown": 2], usage: usage)
    let board = try fakeBoard(times: [1_000_000, 2_000_000, 3_000_000, 4_000_000])
    let trial = assess(HostedTrial(.done(done), board: board, observed: .milliseconds(11)))
    #expect(trial.status == .ok)
    #expect(trial.tasks == 4 && trial.tasksOK == 4 && trial.tasksFailed == 0)
    #expect(trial.bytes == 40)
    #expect(trial.workers == 2)
    #expect(trial.checksum == "00000000000000aa")
    #expect(trial.metrics == [1.5])
    let expected: [(Measure, Double)] = [
      (.wall, 0.01), (.setup, 0.001), (.teardown, 0.001), (.observed, 0.011), (.cpuUser, 0.003), (.cpuSystem, 0.001),
      (.maxProcessRSS, 9), (.voluntarySwitches, 7), (.involuntarySwitches, 8), (.tasksPerSecond, 400),
      (.bytesPerSecond, 4000), (.taskP50, 0.0025), (.taskP90, 0.0037), (.taskMax, 0.004),
      (.occupancy, 0.01 / (2 * 0.01)), (.cpuUtilization, 0.004 / (0.01 * 2)), (.lowerBound, 0.005),
      (.ideal, 0.002), (.overheadRatio, 0.008 / 0.002),
    ]
    for (measure, value) in expected {
      #expect(abs((trial.measures[measure] ?? .nan) - value) < 1e-9, "\(measure)")
    }
    #expect(trial.measures[.responseP50] == nil)
    #expect(trial.measures[.originCPU] == nil)
  }

  @Test func lowerBoundIsTheTightestOfThree() throws {
    let bound = { (times: [Nanoseconds], cpu: Nanoseconds, cell: Int) throws -> Double? in
      let usage = Done.Usage(
        cpuUser: cpu, cpuSystem: 0, voluntarySwitches: 0, involuntarySwitches: 0, maxRSSBytes: nil)
      let hosted = HostedTrial(.done(Done(wall: 1_000_000_000, usage: usage)), board: try fakeBoard(times: times))
      return assess(hosted, cell: cell).measures[.lowerBound]
    }
    #expect(try bound([90, 10], 0, 1) == 90e-9, "the longest task")
    #expect(try bound([50, 50, 50], 0, 1) == 75e-9, "all time over the workers")
    #expect(try bound([50, 50, 50], 600, 1) == 300e-9, "the CPU time over the cores")
    #expect(try bound([50, 50, 50], 600, 0) == 600e-9, "one worker uses one core")
  }

  @Test(arguments: [
    (160, 1, 5, 32), (160, 1, 1, 160), (7, 1, 2, 4), (40, 3, 2, 21), (40, 3, 1, 40), (13, 4, 3, 5), (14, 4, 3, 6),
    (3, 10, 2, 3), (20, 10, 2, 10), (9, 4, 2, 5), (10, 4, 3, 4),
  ])
  func theBusiestWorkersShare(tasks: Int, chunk: Int, workers: Int, share: Int) {
    #expect(Assessment.longestShare(of: tasks, chunk: chunk, workers: workers) == share)
    // By playing it: chunks go round.
    var loads = [Int](repeating: 0, count: workers)
    var left = tasks
    while left > 0 {
      let next = loads.indices.min { loads[$0] < loads[$1] } ?? 0
      loads[next] += min(chunk, left)
      left -= chunk
    }
    #expect(loads.max() == share)
  }

  @Test func whatDidNotHappenIsMissingNotZero() throws {
    let trial = assess(HostedTrial(.timedOut(), board: try fakeBoard(times: [1, 1])))
    #expect(trial.status == .timeout)
    #expect(trial.error == "not done after 2 s: 2 of 2 tasks were done")
    #expect(trial.tasksOK == 2)
    #expect(trial.checksum == nil)
    let known: Set<Measure> = [.taskP50, .taskP90, .taskP99, .taskMax]
    #expect(Measure.allCases.allSatisfy { (trial.measures[$0] == nil) != known.contains($0) })
  }

  @Test func statusesAndTheirReasons() throws {
    let done = HostedTrial.End.done(Done(wall: 5, checksum: "0000000000000001"))
    let running = try fakeBoard(times: [1, 1]) { $0.begin(1, worker: 3, at: 1) }
    let failing = try fakeBoard(times: [1, 1, 1, 1]) { $0.fail(2, at: 3, message: "task 2: no luck") }
    #expect(assess(HostedTrial(done)).status == .failed)
    #expect(assess(HostedTrial(.notStarted("no memory"))).error == "no memory")
    #expect(assess(HostedTrial(.gaveUp("bad"), board: try fakeBoard(times: [1]))).status == .failed)

    let crash = assess(HostedTrial(.crashed("trial process: killed by SIGSEGV"), board: running))
    #expect(crash.status == .crashed)
    #expect(crash.error == "trial process: killed by SIGSEGV, in task 1 of worker 3")
    #expect(assess(HostedTrial(.gaveUp("worker process 3: killed by SIGSEGV"), board: running)).status == .crashed)
    #expect(assess(HostedTrial(done, board: running)).status == .crashed)

    let failed = assess(HostedTrial(done, board: failing))
    #expect(failed.status == .failed)
    #expect(failed.error == "1 of 4 tasks failed: task 2: no luck")
    #expect(failed.tasksFailed == 1)
    #expect(assess(HostedTrial(done, board: failing), maxFailed: 0.25).status == .ok)
    #expect(assess(HostedTrial(done, board: failing), maxFailed: 0.25, expected: "0000000000000009").status == .ok)
  }

  @Test func checksums() throws {
    let board = try fakeBoard(times: [1])
    let done = { (expected: String?) in
      HostedTrial(.done(Done(wall: 5, checksum: "0000000000000001", expectedChecksum: expected)), board: board)
    }
    #expect(assess(done("0000000000000001")).status == .ok)
    #expect(assess(done("0000000000000002")).status == .wrong)
    #expect(assess(done(nil), expected: "0000000000000002").status == .wrong)
    #expect(
      assess(done(nil), expected: "0000000000000002").error
        == "checksum 0000000000000001, where an earlier trial of the same work has 0000000000000002")
  }
}
