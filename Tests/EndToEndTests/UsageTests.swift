import Foundation
import Model
import Testing

/// What a user does, with the built binary.
struct UsageTests {
  private func bench() throws -> Workbench {
    let bench = try Workbench()
    _ = try bench.write(
      "small.yaml",
      """
      description: Small.
      variables: { size: [10, 20] }
      workloads: { w: { plugin: sum_of_squares, start: "${size}", count: 4 } }
      strategies: { sync: {}, threads: { max_workers: [1, 2] }, processes: { max_workers: 2 } }
      exclude: [{ size: 20, strategy: processes }]
      trials: 6
      warmup: 1
      """)
    return bench
  }

  @Test func aRunLeavesItsFilesAndSaysWhoWon() async throws {
    let bench = try bench()
    let outcome = try await bench.concrun("small.yaml")
    #expect(outcome.exit == 0)
    #expect(outcome.error.hasPrefix("small: 7 cells × (6 + 1 warm-up) = 49 trials → results/small/"))
    #expect(outcome.output.contains("small: w\n"))
    #expect(outcome.output.split(separator: "\n").count { $0.contains(": fastest: ") } == 2, "one for each size")
    #expect(outcome.output.contains("w, size 20: fastest: "))
    let files = try FileManager.default.contentsOfDirectory(atPath: "\(bench.folder)/results/small/latest")
    #expect(files.sorted() == ["experiment.yaml", "journal.jsonl", "manifest.json", "summary.csv", "trials.csv"])
    let trials = try bench.trials("small")
    #expect(trials.count == 49)
    #expect(trials.allSatisfy { $0.status == .ok })
    #expect(Set(trials.filter { $0.levels[0] == .integer(10) }.map(\.checksum)).count == 1)

    let summary = try String(contentsOfFile: "\(bench.folder)/results/small/latest/summary.csv", encoding: .utf8)
    for run in ["results/small", "results/small/latest", "results/small/latest/trials.csv"] {
      #expect(try await bench.concrun("summary", run, "--format", "csv").output == summary)
    }
    let table = try await bench.concrun("summary", "results/small").output
    #expect(outcome.output == table, "the same table, read back from the files")
    #expect(
      try await bench.concrun("summary", "results/small", "--format", "markdown").output.contains("| strategy | size |")
    )
    let json = Data(try await bench.concrun("summary", "results/small", "--format", "json").output.utf8)
    let record = try #require(JSONSerialization.jsonObject(with: json) as? [[String: Any]]).first
    #expect((record?["cells"] as? [Any])?.count == 7)
    #expect((record?["scaling"] as? [Any])?.count == 2)
  }

  @Test func theOrderIsTheSeeds() async throws {
    let bench = try bench()
    func order(_ arguments: String...) async throws -> [String] {
      #expect(try await bench.concrun(["small.yaml", "--quick", "-q"] + arguments) { _ in }.exit == 0)
      return try bench.trials("small").map(\.cellID)
    }
    let first = try await order("--seed", "5")
    #expect(try await order("--seed", "5") == first)
    #expect(try await order("--seed", "6") != first)
  }

  @Test func quietMeansQuiet() async throws {
    let outcome = try await bench().concrun("small.yaml", "--quick", "--quiet")
    #expect(outcome.exit == 0)
    #expect(outcome.output == "")
    #expect(outcome.error == "")
  }

  @Test func thePlanShowsWhatWouldRun() async throws {
    let bench = try bench()
    let plan = try await bench.concrun("plan", "small.yaml")
    #expect(
      plan.output == """
        small: 7 cells, 49 trials
          Small.
          w/sync/size=10  (baseline)
          w/sync/size=20  (baseline)
          w/threads/max_workers=1,size=10
          w/threads/max_workers=2,size=10
          w/threads/max_workers=1,size=20
          w/threads/max_workers=2,size=20
          w/processes/max_workers=2,size=10
        left out: 1 cell
          w/processes/max_workers=2,size=20  by exclude[0]
        time: unknown until the first block has run

        """)
    #expect(try await bench.concrun("small.yaml", "--dry-run").output == plan.output)
    #expect(try await bench.concrun("plan", "small.yaml", "--format", "csv").output.split(separator: "\n").count == 9)
    let json = Data(try await bench.concrun("plan", "small.yaml", "--format", "json").output.utf8)
    #expect(try (JSONSerialization.jsonObject(with: json) as? [Any])?.count == 1)
    #expect(try await bench.concrun("check", "small.yaml").output == "small.yaml: ok, 7 cells, 49 trials\n")
    _ = try await bench.concrun("small.yaml", "-q")
    #expect(try await bench.concrun("plan", "small.yaml").output.contains("time: about "))
  }

  @Test func programsAreMeasuredAndTheirOutputRead() async throws {
    let bench = try Workbench()
    _ = try bench.write(
      "tool.yaml",
      """
      strategies:
        tool:
          plugin: program
          command: [sh, -c, "read line; echo \\"$line: rate=$(( ${max_workers} * 10 )).5 $GREETING\\"; sleep 0.05"]
          max_workers: [1, 3]
          input: input.txt
          metrics: { rate: "rate=([0-9.]+)", hello: "hello ([0-9]+)" }
      env: { GREETING: hello 42 }
      trials: 2
      warmup: 0
      """)
    _ = try bench.write("input.txt", "line\n")
    let outcome = try await bench.concrun("tool.yaml")
    #expect(outcome.exit == 0)
    let trials = try bench.trials("tool")
    #expect(trials.count == 4)
    for trial in trials {
      #expect(trial.workload == "program")
      #expect(trial.metrics == [42, (trial.workers.map { Double($0) * 10 + 0.5 })], "hello, rate: by name")
      #expect(trial.measures[.wall].map { $0 >= 0.05 } == true)
      #expect(trial.checksum == nil && trial.bytes == nil && trial.measures[.occupancy] == nil)
    }
  }

  @Test func hooksKnowTheirTrial() async throws {
    let bench = try Workbench()
    _ = try bench.write(
      "hooked.yaml",
      """
      workloads: { w: { plugin: "null" } }
      strategies: { sync: {} }
      trials: 2
      warmup: 1
      hooks:
        before_run: [sh, -c, "echo $CONCRUN_EXPERIMENT > log"]
        before_trial: [sh, -c, "echo $CONCRUN_CELL_ID $CONCRUN_BLOCK >> log"]
        after_run: [sh, -c, "ls $CONCRUN_RUN_FOLDER >> log"]
      """)
    #expect(try await bench.concrun("hooked.yaml").exit == 0)
    let log = try String(contentsOfFile: "\(bench.folder)/log", encoding: .utf8)
    #expect(log.hasPrefix("hooked\nw/sync 0\nw/sync 1\nw/sync 2\n"))
    #expect(log.contains("trials.csv"))
  }

  /// Of what was there before concrun, nothing is touched: a shell may become concrun, and keep its children.
  @Test func whatWasThereBeforeStays() async throws {
    let bench = try Workbench()
    _ = try bench.write("a.yaml", "workloads: { w: { plugin: 'null' } }\nstrategies: { sync: {} }\ntrials: 2")
    _ = try bench.write("start.sh", "sleep 3600.\(bench.mark) & exec $CONCRUN a.yaml -q")
    let outcome = try await bench.shell("bash start.sh; pkill -f '[s]leep 3600.\(bench.mark)' && echo alive")
    #expect(outcome.output.hasSuffix("alive\n"))
  }

  @Test func aHookReadsNothingAndWritesALog() async throws {
    let bench = try Workbench()
    _ = try bench.write(
      "hook.yaml",
      """
      workloads: { w: { plugin: 'null' } }
      strategies: { sync: {} }
      hooks: { before_run: [sh, -c, "cat; readlink /proc/self/fd/0; echo no >&2; exit 3"], after_run: [touch, after] }
      """)
    let outcome = try await bench.concrun("hook.yaml")
    #expect(outcome.exit == 69)
    #expect(outcome.error.contains("hook before_run: exit status 3: no"))
    let log = try String(contentsOfFile: "\(bench.folder)/results/hook/latest/hooks.log", encoding: .utf8)
    #expect(log == "/dev/null\nno\n")
    #expect(FileManager.default.fileExists(atPath: "\(bench.folder)/after"), "what the one hook began, the other ends")
  }

  /// The kernel's own account of a child starts with its parent's memory; a program's must not.
  @Test func memoryIsThePrograms() async throws {
    let bench = try Workbench()
    _ = try bench.write(
      "memory.yaml",
      """
      strategies:
        small: { plugin: program, command: [sleep, "0.05"] }
        large: { plugin: program, command: [python3, -c, "x = bytearray(100_000_000)"] }
      baseline: small
      trials: 1
      warmup: 0
      """)
    #expect(try await bench.concrun("memory.yaml").exit == 0)
    let trials = try bench.trials("memory")
    let peak = { (strategy: String) in trials.first { $0.strategy == strategy }?.measures[.maxProcessRSS] ?? 0 }
    #expect((100_000...4_000_000).contains(peak("small")))
    #expect((100_000_000...130_000_000).contains(peak("large")))
  }

  /// A server that a hook starts is there for the trials, and gone after the run.
  @Test(arguments: [
    "setsid sleep 3600.MARK &", "sleep 3600.MARK &", "(sleep 0.2; (exec sleep 3600.MARK) &) & (exec sleep 3600.MARK) &",
  ])
  func whatAHookStartsLivesAsLongAsTheRun(start: String) async throws {
    let bench = try Workbench()
    let start = start.replacing("MARK", with: bench.mark)
    _ = try bench.write(
      "served.yaml",
      """
      strategies: { client: { plugin: program, command: [pgrep, -f, "[s]leep 3600.\(bench.mark)"] } }
      trials: 3
      hooks: { before_run: [sh, -c, "\(start)"], after_run: [sh, -c, "pgrep -f '[s]leep 3600.\(bench.mark)' > alive"] }
      """)
    #expect(try await bench.concrun("served.yaml").exit == 0)
    #expect(try String(contentsOfFile: "\(bench.folder)/alive", encoding: .utf8) != "")
    #expect(FileManager.default.fileExists(atPath: "\(bench.folder)/results/served/latest/hooks.log"))
    #expect(bench.marked == [])
  }

  @Test func aCSVFromElsewhereIsSummarised() async throws {
    let bench = try bench()
    _ = try await bench.concrun("small.yaml", "--quiet")
    let whole = try await bench.concrun("summary", "results/small", "--format", "csv").output
    _ = try await bench.shell("grep -v processes results/small/latest/trials.csv > mine.csv")
    let part = try await bench.concrun("summary", "mine.csv", "--format", "csv").output
    // Intervals that hold together depend on how many there are: the two columns before the last one.
    let rows = { (text: String) in
      text.split(separator: "\n").filter { !$0.contains("processes") }
        .map { $0.split(separator: ",", omittingEmptySubsequences: false).dropLast(3) }.sorted { "\($0)" < "\($1)" }
    }
    #expect(rows(part.replacing("mine,", with: "small,")) == rows(whole))
  }

  @Test func pluginsExplainThemselves() async throws {
    let bench = try Workbench()
    let all = try await bench.concrun("plugins")
    #expect(all.exit == 0)
    for name in ["sync", "threads", "processes", "program", "null", "sleep", "sum_of_squares"] {
      #expect(all.output.contains("\n  \(name) "))
    }
    let threads = try await bench.concrun("plugins", "threads").output
    #expect(threads.contains(/max_workers +integer +5 +1 … 10000/))
  }

  @Test func aTerminalGetsALiveLineAndOthersDoNot() async throws {
    let bench = try bench()
    let plain = try await bench.concrun("small.yaml", "--quick")
    #expect(!plain.error.contains("\u{1b}") && !plain.error.contains("\r"))
    let live = try await bench.shell("script -qec '$CONCRUN small.yaml --quick' /dev/null < /dev/null")
    #expect(live.exit == 0)
    #expect(live.output.contains("\r\u{1b}[2K") && live.output.contains("trial 3 of 3"))
    let colourless = try await bench.shell("NO_COLOR=1 script -qec '$CONCRUN small.yaml --quick' /dev/null < /dev/null")
    #expect(!colourless.output.contains("\u{1b}[1m"))
  }
}
