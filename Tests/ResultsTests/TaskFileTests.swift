import Model
import OS
import TestFiles
import Testing
import Time
import TimeLiterals

@testable import Results

/// tasks.csv: only the tasks of trials that the journal has.
struct TaskFileTests {
  private let folder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder()
  }

  private func trial(_ block: Int) -> Trial {
    Trial(
      cellID: "web/sync", workload: "web", strategy: "sync", levels: [.null], block: block, position: 1, trial: block,
      isWarmup: false, startedAt: "now")
  }

  private let rows = [
    TaskRow(task: 0, worker: 0, due: 500, start: 1000, end: 2_500_000, status: .ok, bytes: 7, cpu: 1500),
    TaskRow(task: 1, worker: 3, start: 0, end: nil, status: .failed, failure: "cancelled", bytes: 0),
  ]

  @Test func everyTaskIsARow() throws {
    #expect(
      String(decoding: CSV.line(TaskTable.header) + TaskTable.csv(rows, of: trial(2)), as: UTF8.self)
        == """
        cell_id,block,attempt,task,worker,due_s,start_s,end_s,status,failure,bytes,cpu_s,trial
        web/sync,2,1,0,0,5e-07,1e-06,0.0025,ok,,7,1.5e-06,2
        web/sync,2,1,1,3,,0.0,,failed,cancelled,0,,2

        """.replacing(",0.0,", with: ",0,"))
  }

  @Test func rowsOfATrialThatTheJournalLacksAreCutOff() throws {
    var plan = Plan(
      experiment: "e", axes: [Axis(name: "max_workers", side: .strategy)],
      cells: [
        Cell(
          id: "web/sync", workload: "web", strategy: "sync", levels: [nil], workloadPlugin: nil,
          strategyPlugin: ResolvedPlugin(PluginDescription(.strategy, "sync", summary: ""), parameters: [:]))
      ])
    plan.settings.recordsTasks = true
    plan.settings.warmup = 0
    let sitting = Manifest.Sitting(
      startedAt: "now", commandLine: [],
      machine: Manifest.MachineRecord(host: "h", kernel: "k", cpuModel: nil, effectiveCores: 1, memoryBytes: 1),
      versions: [:], git: nil)
    let manifest = { (run: RunIdentity) in Manifest(plan: plan, run: run, sitting: sitting, warnings: []) }
    let run: RunFolder
    do {
      let store = try RunStore.create(
        for: plan, source: [], output: folder.path, host: "h", startedAt: .now(), manifest: manifest)
      run = store.folder
      try store.append(trial(1), tasks: rows)
    }
    let whole = try TextFile.bytes(run.tasks, limit: 1 << 20)
    // The power failed after the tasks of the next trial were written, and before it was.
    let torn = try AppendFile(run.tasks)
    try torn.append(TaskTable.csv(Array(rows.prefix(1)), of: trial(2)) + Array("web/sync,2,1,1,0,,0,".utf8))
    do {
      let store = try RunStore.resume(run, of: plan, sitting: sitting, orElse: manifest)
      #expect(try TextFile.bytes(run.tasks, limit: 1 << 20) == whole)
      try store.append(trial(2), tasks: rows)
    }
    #expect(
      try TextFile.bytes(run.tasks, limit: 1 << 20) == CSV.line(TaskTable.header) + TaskTable.csv(rows, of: trial(1))
        + TaskTable.csv(rows, of: trial(2)))
  }
}

struct ReconciliationTests {
  private func trial(tasks: Int, bytes: Int, workers: Int) -> Trial {
    var trial = Trial(
      cellID: "c", workload: "w", strategy: "s", levels: [], workers: workers, block: 1, position: 1, trial: 1,
      isWarmup: false, startedAt: "now")
    trial.tasks = tasks
    trial.bytes = bytes
    return trial
  }

  private func report(requests: Int, bytes: Int, mostAtOnce: Int, received: Int = 0) -> OriginReport {
    OriginReport(
      requests: requests, bytes: bytes, connections: 1, mostAtOnce: mostAtOnce, cpuSeconds: 0, elapsedSeconds: 1,
      received: received)
  }

  /// A body whose size nobody knows is counted by the server only.
  @Test func bodiesOfUnknownSize() {
    var counts = Reconciliation(cellID: "c")
    counts.add(
      report(requests: 10, bytes: 100, mostAtOnce: 2, received: 70), trial(tasks: 10, bytes: 100, workers: 2),
      isOurs: true, bodyBytes: nil)
    #expect(counts.received == Reconciliation.Sides(origin: 70, clients: nil))
    #expect(counts.mismatch == nil)
  }

  /// Bodies of requests are there only where there are any.
  @Test(
    arguments: [
      (0, 0, nil, nil), (7, 70, 70, nil), (7, 63, 70, "63 bytes came in"), (0, 3, 0, "3 bytes came"),
    ] as [(Int, Int, Int?, String?)])
  func bodiesOfRequests(size: Int, received: Int, sent: Int?, words: String?) {
    var counts = Reconciliation(cellID: "c")
    for _ in 0..<2 {
      counts.add(
        report(requests: 10, bytes: 100, mostAtOnce: 2, received: received), trial(tasks: 10, bytes: 100, workers: 2),
        isOurs: true, bodyBytes: size)
    }
    #expect(counts.received == sent.map { Reconciliation.Sides(origin: 2 * received, clients: 2 * $0) })
    #expect(counts.mismatch?.contains(words ?? "nothing") == words.map { _ in true })
  }

  @Test func agreement() {
    var counts = Reconciliation(cellID: "c")
    for _ in 0..<3 {
      counts.add(
        report(requests: 10, bytes: 100, mostAtOnce: 2), trial(tasks: 10, bytes: 100, workers: 2), isOurs: true)
    }
    #expect(counts.mismatch == nil)
    #expect(counts.requests == Reconciliation.Sides(origin: 30, clients: 30))
    #expect(counts.trials == 3 && counts.connections == 3 && counts.mostAtOnce == 2)
  }

  @Test(
    arguments: [
      (11, 100, 2, "11 requests came in, 10 were made"), (10, 99, 2, "99 bytes were sent, 100 were read"),
      (10, 100, 3, "3 requests were in flight at once, and there were 2 workers"),
    ])
  func disagreement(requests: Int, bytes: Int, mostAtOnce: Int, words: String) {
    var counts = Reconciliation(cellID: "c")
    counts.add(
      report(requests: requests, bytes: bytes, mostAtOnce: mostAtOnce), trial(tasks: 10, bytes: 100, workers: 2),
      isOurs: true)
    #expect(counts.mismatch == "block 1, trial 1: \(words)")
  }

  /// One too many in one trial and one too few in another are two mismatches.
  @Test func trialsAreComparedOneByOne() {
    var counts = Reconciliation(cellID: "c")
    for requests in [9, 11] {
      counts.add(
        report(requests: requests, bytes: 100, mostAtOnce: 1), trial(tasks: 10, bytes: 100, workers: 2), isOurs: true)
    }
    #expect(counts.requests == Reconciliation.Sides(origin: 20, clients: 20))
    #expect(counts.mismatches == 2)
    #expect(counts.mismatch == "block 1, trial 1: 9 requests came in, 10 were made")
  }

  /// What a program of the user's sent is known to the server only.
  @Test func aProgramsRequests() {
    var counts = Reconciliation(cellID: "c")
    counts.add(report(requests: 9, bytes: 9, mostAtOnce: 9), trial(tasks: 1, bytes: 0, workers: 1), isOurs: false)
    #expect(counts.mismatch == nil)
    #expect(counts.requests.clients == nil)
  }
}
