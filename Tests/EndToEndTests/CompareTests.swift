import Foundation
import Testing

/// `concrun compare`, by tables with known times: no clock decides.
struct CompareTests {
  /// Ten trials of each cell, 1 % apart.
  private func table(_ cells: [(strategy: String, median: Double)]) -> String {
    "strategy,wall_s\n"
      + (0..<10).map { block in
        cells.map { "\($0.strategy),\($0.median * (1 + (Double(block) - 4.5) / 1000))\n" }.joined()
      }.joined()
  }

  private func bench(_ base: [(String, Double)], _ new: [(String, Double)]) throws -> Workbench {
    let bench = try Workbench()
    _ = try bench.write("base.csv", table(base))
    _ = try bench.write("new.csv", table(new))
    return bench
  }

  @Test func aRegressionIsExitOne() async throws {
    let bench = try bench([("a", 1), ("b", 1), ("c", 1), ("old", 1)], [("a", 1), ("b", 1.5), ("c", 0.5), ("new", 1)])
    let outcome = try await bench.concrun("compare", "base.csv", "new.csv")
    #expect(outcome.exit == 1)
    #expect(outcome.output.contains("work/a    1.00 s  1.00 s     1.000"))
    #expect(outcome.output.contains("1 worse, 1 better, 1 the same, 1 in the base only, 1 in the new run only"))
    let json = try await bench.concrun("compare", "base.csv", "new.csv", "--format", "json")
    let record = try #require(JSONSerialization.jsonObject(with: Data(json.output.utf8)) as? [String: Any])
    let cells = try #require(record["cells"] as? [[String: Any]])
    #expect(cells.map { $0["verdict"] as? String } == ["same", "worse", "better"])
    #expect(record["regressions"] as? Int == 1)
    #expect(record["only_base"] as? [String] == ["work/old"])
    #expect(record["only_new"] as? [String] == ["work/new"])
    #expect(json.exit == 1)
    let markdown = try await bench.concrun("compare", "base.csv", "new.csv", "--format", "markdown")
    #expect(markdown.output.contains("| work/b | 1.00 s | 1.50 s | 1.500 |"))
  }

  @Test func otherwiseItIsExitZero() async throws {
    let better = try bench([("a", 1)], [("a", 0.5)])
    #expect(try await better.concrun("compare", "base.csv", "new.csv").exit == 0)
    // What doesn't matter isn't a regression.
    let slightly = try bench([("a", 1)], [("a", 1.2)])
    #expect(try await slightly.concrun("compare", "base.csv", "new.csv").exit == 1)
    #expect(try await slightly.concrun("compare", "base.csv", "new.csv", "--threshold", "30%").exit == 0)
    #expect(try await slightly.concrun("compare", "base.csv", "new.csv", "--threshold", "30").exit == 64)
  }

  @Test func withNothingInCommonThereIsNothingToCompare() async throws {
    let outcome = try await bench([("a", 1)], [("b", 1)]).concrun("compare", "base.csv", "new.csv")
    #expect(outcome.exit == 66)
    #expect(outcome.error.contains("have no cell in common that is the same"))
    let missing = try await bench([("a", 1)], [("b", 1)]).concrun("compare", "base.csv", "nothing.csv")
    #expect(missing.exit == 66)
  }

  /// What two runs of the same differ by here is known from `doctor`, and is no regression.
  @Test func theFloorOfTheMachineCounts() async throws {
    let bench = try Workbench()
    _ = try bench.write(
      "nap.yaml", "workloads: { nap: { plugin: sleep, tasks: 1, duration: 1ms } }\nstrategies: { sync: {} }\ntrials: 6")
    #expect(try await bench.concrun("nap.yaml", "-q").exit == 0)
    let outcome = try await bench.shell(
      """
      export XDG_STATE_HOME=$PWD/state
      sed 's/"effective_cores"/"between_run_floor": 0.5, "effective_cores"/' results/nap/latest/manifest.json > m.json
      mv m.json results/nap/latest/manifest.json
      $CONCRUN compare results/nap results/nap --format json
      """)
    let record = try #require(JSONSerialization.jsonObject(with: Data(outcome.output.utf8)) as? [String: Any])
    #expect(record["between_run_floor"] as? Double == 0.5)
    #expect(record["limit"] as? Double == 0.5)
  }

  @Test func cellsThatAreOtherCellsAreNotCompared() async throws {
    let bench = try Workbench()
    let file = { (tasks: Int) in
      "workloads: { nap: { plugin: sleep, tasks: \(tasks), duration: 1ms } }\nstrategies: { sync: {} }\ntrials: 6"
    }
    _ = try bench.write("nap.yaml", file(1))
    #expect(try await bench.concrun("nap.yaml", "-q", "-o", "before").exit == 0)
    _ = try bench.write("nap.yaml", file(20) + "\nwarmup_tasks: 1")
    #expect(try await bench.concrun("nap.yaml", "-q", "-o", "after").exit == 0)
    let outcome = try await bench.concrun("compare", "before/nap", "after/nap")
    #expect(outcome.exit == 66, "a gate that compares nothing must not be open")
    #expect(outcome.output.contains("not compared: tasks: 1 → 20"))
    #expect(outcome.output.hasPrefix("warning: not the same circumstances"))
    #expect(outcome.output.contains("warmup_tasks: 0 → 1"))
  }
}
