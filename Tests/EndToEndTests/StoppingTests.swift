import Foundation
import Model
import Testing

/// When a run has enough. No margin here is one that a slow machine could miss.
struct StoppingTests {
  private func bench(_ trials: String) throws -> Workbench {
    let bench = try Workbench()
    _ = try bench.write(
      "nap.yaml",
      """
      workloads: { nap: { plugin: sleep, tasks: 2, duration: 20ms } }
      strategies: { sync: {}, threads: { max_workers: 2 } }
      trials: \(trials)
      """)
    return bench
  }

  /// How many blocks the latest run has, if all of them are whole.
  private func blocks(_ bench: Workbench, _ experiment: String, cells: Int) throws -> Int? {
    let counts = Dictionary(grouping: try bench.trials(experiment), by: \.block).mapValues(\.count)
    return counts.values.allSatisfy { $0 == cells } ? counts.keys.max() : nil
  }

  @Test func aRunIsOverWhenItIsPreciseEnough() async throws {
    let bench = try bench("{ precision: 100% }")
    let outcome = try await bench.concrun("nap.yaml")
    #expect(outcome.exit == 0)
    #expect(outcome.error.hasPrefix("nap: 2 cells × (10 to 100 + 1 warm-up) = 22 to 202 trials → "))
    let blocks = try #require(try blocks(bench, "nap", cells: 2))
    #expect((10...100).contains(blocks))
    #expect(
      outcome.error.hasSuffix(
        "nap: stopped after \(blocks) blocks: half the width of every cell's 95 % CI is at most 100 %\n"))
    let manifest = try bench.manifest("nap")
    #expect((manifest.state, manifest.stop_reason) == ("completed", "precision"))
    #expect(manifest.plan == RunManifest.Length(trials: 10, precision: 1, max_trials: 100))

    let again = try await bench.concrun("nap.yaml", "--resume")
    #expect((again.exit, again.error.contains("nothing to go on with")) == (0, true))
  }

  @Test func itIsOverAtTheMostThatItMayHave() async throws {
    let bench = try bench("{ precision: 0.00001%, max: 11 }")
    let outcome = try await bench.concrun("nap.yaml")
    #expect(outcome.exit == 0)
    #expect(outcome.error.contains("nap: stopped at 11 blocks: 2 cells are still wider than ±0.00001 % (widest: nap/"))
    #expect(try blocks(bench, "nap", cells: 2) == 11)
    #expect(try bench.manifest("nap").stop_reason == "max")
    let whole = try bench.trials("nap")

    #expect(try await bench.concrun("nap.yaml", "--resume").error.contains("nothing to go on with"))
    #expect(try await bench.concrun("nap.yaml", "--resume", "--set", "trials.max=13").exit == 0)
    let longer = try bench.trials("nap")
    #expect(longer.count == 28)
    #expect(Array(longer.prefix(24)) == whole)
    #expect(try bench.manifest("nap").plan.max_trials == 13)
  }

  /// A warm-up and blocks of at least 0.6 s: the second one is over after 1.8 s.
  @Test func aBudgetCutsARunShort() async throws {
    let bench = try Workbench()
    _ = try bench.write(
      "nap.yaml",
      """
      workloads: { nap: { plugin: sleep, tasks: 1, duration: 600ms } }
      strategies: { sync: {} }
      trials: { count: 4, budget: 1s }
      """)
    let outcome = try await bench.concrun("nap.yaml")
    #expect(outcome.exit == 0)
    #expect(outcome.error.hasSuffix("nap: stopped after 1 block: the budget of 1 s is spent\n"))
    #expect(try blocks(bench, "nap", cells: 1) == 1)
    #expect(try bench.manifest("nap").stop_reason == "budget")
    #expect(try bench.manifest("nap").plan == RunManifest.Length(trials: 4, budget_s: 1))
    #expect(try await bench.concrun("plan", "nap.yaml").output.contains("time: at most 1 s: the budget; without it "))

    #expect(try await bench.concrun("nap.yaml", "--resume").error.contains("nothing to go on with"))
    #expect(try await bench.concrun("nap.yaml", "--resume", "--set", "trials.budget=1h").exit == 0)
    #expect(try blocks(bench, "nap", cells: 1) == 4)
    #expect(try bench.manifest("nap").stop_reason == "trials")
    #expect(try bench.manifest("nap").plan == RunManifest.Length(trials: 4, budget_s: 3600))
  }

  /// Interrupted and gone on with, it has the blocks of an uninterrupted run, in the same order.
  @Test(arguments: [SIGINT, SIGTERM])
  func anInterruptedRunGoesOn(signal: Int32) async throws {
    let bench = try Workbench()
    _ = try bench.write("work.sh", "echo >> log; test -e go || test $(wc -l < log) -le 6 || sleep 3600.\(bench.mark)")
    _ = try bench.write(
      "slow.yaml",
      """
      strategies:
        a: { plugin: program, command: [sh, work.sh] }
        b: { plugin: program, command: [sh, work.sh, b] }
        c: { plugin: program, command: [sh, work.sh, c] }
      baseline: a
      trials: { precision: 0.00001%, max: 11 }
      timeout: 1h
      """)
    let outcome = try await bench.concrun(["slow.yaml"]) { pid in
      let isUnderWay = try await bench.eventually { bench.trialsSoFar("slow") >= 6 }
      #expect(isUnderWay)
      kill(pid, signal)
    }
    #expect(outcome.exit == 128 + signal)
    #expect(outcome.error.contains("interrupted after 6 of 33 to 36 trials"))
    #expect(try bench.manifest("slow").stop_reason == nil)

    _ = try bench.write("go", "")
    #expect(try await bench.concrun("slow.yaml", "--resume").exit == 0)
    #expect(try bench.manifest("slow").stop_reason == "max")
    let resumed = try bench.trials("slow").map { "\($0.cellID) \($0.block) \($0.position)" }
    #expect(try await bench.concrun("slow.yaml").exit == 0)
    #expect(try bench.trials("slow").map { "\($0.cellID) \($0.block) \($0.position)" } == resumed)
    #expect(resumed.count == 36)
  }

  /// What is planned is a range.
  @Test func thePlanIsARange() async throws {
    let bench = try bench("{ precision: 5%, max: 50, budget: 10min }")
    let plan = try await bench.concrun("plan", "nap.yaml").output
    #expect(plan.hasPrefix("nap: 2 cells, 22 to 102 trials\n"))
    #expect(plan.hasSuffix("time: at most 10 min: the budget\n"))
    #expect(try await bench.concrun("check", "nap.yaml").output == "nap.yaml: ok, 2 cells, 22 to 102 trials\n")
    let exact = try await bench.concrun("plan", "nap.yaml", "--trials", "3").output
    #expect(exact.hasPrefix("nap: 2 cells, 8 trials\n"))
  }

  @Test func theNumberMayBeSaidOnTheCommandLine() async throws {
    let bench = try bench("{ precision: 0.00001%, max: 50 }")
    let outcome = try await bench.concrun("nap.yaml", "--trials", "2", "--warmup", "0")
    #expect(outcome.exit == 0)
    #expect(!outcome.error.contains("stopped"))
    #expect(try blocks(bench, "nap", cells: 2) == 2)
    let manifest = try bench.manifest("nap")
    #expect(manifest.stop_reason == "trials")
    #expect(manifest.plan == RunManifest.Length(trials: 2))
  }

  @Test func aTerminalShowsTheBlock() async throws {
    let bench = try bench("{ precision: 0.00001%, max: 12 }")
    let live = try await bench.shell("script -qec '$CONCRUN nap.yaml' /dev/null < /dev/null")
    #expect(live.exit == 0)
    #expect(live.output.contains("warm-up 1 of 1"))
    #expect(live.output.contains("block 12 (10 to 12)"))
  }
}
