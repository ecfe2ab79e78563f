import Foundation
import Testing

/// `concrun summary` of tables that nobody would like to have.
struct SummaryTests {
  private func json(_ bench: Workbench, _ arguments: [String]) async throws -> [[String: Any]] {
    let outcome = try await bench.concrun(["summary", "--format", "json"] + arguments) { _ in }
    #expect(outcome.exit == 0, "\(outcome.error)")
    let value = try JSONSerialization.jsonObject(with: Data(outcome.output.utf8))
    return try #require(value as? [[String: Any]])
  }

  private func cells(_ record: [String: Any]) throws -> [String: [String: Any]] {
    let cells = try #require(record["cells"] as? [[String: Any]])
    return Dictionary(
      uniqueKeysWithValues: cells.compactMap { cell in (cell["cell_id"] as? String).map { ($0, cell) } })
  }

  @Test func twoColumnsAreEnough() async throws {
    let bench = try Workbench()
    let rows = (0..<10).flatMap { ["sync,\(2 + Double($0) / 100)", "threads,\(1 + Double($0) / 100)"] }
    _ = try bench.write("mine.csv", "strategy,wall_s\n\(rows.joined(separator: "\n"))")
    let record = try #require(try await json(bench, ["mine.csv"]).first)
    #expect(record["experiment"] as? String == "mine")
    let cells = try cells(record)
    #expect(Set(cells.keys) == ["work/sync", "work/threads"])
    let threads = try #require(cells["work/threads"])
    #expect(threads["n"] as? Int == 10)
    #expect((threads["speedup_vs_baseline"] as? Double).map { abs($0 - 2.045 / 1.045) < 1e-9 } == true)
    #expect(threads["speedup_vs_baseline_simultaneous_ci_low"] as? Double ?? 0 > 1.5)
    #expect(threads["bytes_per_s"] == nil)
  }

  /// What isn't a table says so, and where.
  @Test(arguments: [
    ("a,b\n1,2\n", "it has no column 'wall_s'"),
    ("wall_s\n1\n", "it has no column 'cell_id', nor 'strategy'"),
    ("strategy,wall_s\nsync,1\nsync,fast\n", "row 3: wall_s is 'fast', and no time"),
    ("strategy,wall_s\nsync,-1\n", "row 2: wall_s is '-1', and no time"),
    ("strategy,wall_s,status\nsync,1,fine\n", "row 2: its status is 'fine', and none of ok, failed,"),
    ("strategy,wall_s\nsync,1,2\nsync,1\n", "row 2 has 3 fields, and the header 2"),
    ("", "is empty"),
  ])
  func mistakesAreLocated(text: String, problem: String) async throws {
    let bench = try Workbench()
    _ = try bench.write("bad.csv", text)
    let outcome = try await bench.concrun("summary", "bad.csv")
    #expect(outcome.exit == 66)
    #expect(outcome.error.hasPrefix("concrun: bad.csv: "), "\(outcome.error)")
    #expect(outcome.error.contains(problem), "\(outcome.error)")
  }

  /// One trial; all failed; the same time again and again; no time at all; two levels; six levels: no crash, no NaN.
  @Test func oddCells() async throws {
    let bench = try Workbench()
    var rows = ["w,one,,1,ok,1", "w,sync,,1,ok,0.5"]
    rows += (1...10).map { "w,broken,1,\($0),failed," }
    rows += (1...10).map { "w,late,1,\($0),timeout," }
    rows += (1...10).map { "w,same,1,\($0),ok,0.25" }
    rows += (1...10).map { "w,zero,1,\($0),ok,0" }
    rows += (1...10).flatMap { ["w,two,1,\($0),ok,1.\($0)", "w,two,2,\($0),ok,0.\($0)"] }
    for workers in [1, 2, 4, 8, 16, 32] {
      rows += (1...10).map { "w,six,\(workers),\($0),ok,\(1 / Double(workers) + 0.1 + Double($0) / 1000)" }
      rows += (1...10).map { "w,still,\(workers),\($0),ok,1" }
      rows += (1...10).map { "w,nothing,\(workers),\($0),ok,0" }
      rows += (1...10).map { "w,gone,\(workers),\($0),crashed," }
    }
    _ = try bench.write(
      "odd.csv",
      "workload,strategy,max_workers,block,status,wall_s,workers\n"
        + rows.map { row in "\(row),\(row.split(separator: ",", omittingEmptySubsequences: false)[2])\n" }.joined())
    for format in ["table", "csv", "markdown", "json"] {
      let outcome = try await bench.concrun("summary", "odd.csv", "--format", format)
      #expect(outcome.exit == 0, "\(outcome.error)")
      #expect(!outcome.output.lowercased().contains("nan"))
      #expect(!outcome.output.contains("inf"))
    }
    let record = try #require(try await json(bench, ["odd.csv"]).first)
    let cells = try cells(record)
    #expect(cells["w/broken/max_workers=1"]?["wall_median_s"] == nil)
    #expect(cells["w/broken/max_workers=1"]?["n_failed"] as? Int == 10)
    #expect(cells["w/one"]?["wall_sd_s"] == nil)
    #expect(cells["w/same/max_workers=1"]?["wall_sd_s"] as? Double == 0)
    let scaling = try #require(record["scaling"] as? [[String: Any]])
    let fits = Dictionary(uniqueKeysWithValues: scaling.map { ($0["strategy"] as? String ?? "", $0["fit"]) })
    #expect((fits["six"] as? [String: Any])?["model"] as? String == "amdahl")
    #expect(fits["two"] as? [String: Any] == nil)
    #expect(fits["nothing"] as? [String: Any] == nil)
  }

  /// What a run shows is told once, kept, and told again by a summary.
  @Test func warningsAreToldAndKept() async throws {
    let bench = try Workbench()
    _ = try bench.write(
      "idle.yaml",
      """
      workloads: { nap: { plugin: sleep, tasks: 2, duration: 1ms } }
      strategies: { sync: {}, threads: { max_workers: [2, 4, 8] } }
      trials: 6
      """)
    let run = try await bench.concrun("idle.yaml")
    let words = "idle workers: nap/threads/max_workers=8 and 1 other cell had more workers than tasks"
    #expect(run.error.split(separator: "\n").count { $0.contains(words) } == 1)
    #expect(try bench.manifest("idle").warnings.count { $0.hasPrefix(words) } == 1)
    #expect(try await bench.concrun("summary", "results/idle").error.contains(words))
    #expect(try await bench.concrun("idle.yaml", "-q").error == "")
  }

  @Test func runsAreTakenTogether() async throws {
    let bench = try Workbench()
    _ = try bench.write(
      "nap.yaml",
      """
      workloads: { nap: { plugin: sleep, tasks: 2, duration: 1ms } }
      strategies: { sync: {}, threads: { max_workers: [1, 2] } }
      trials: 3
      """)
    for _ in 0..<2 { #expect(try await bench.concrun("nap.yaml", "-q").exit == 0) }
    let runs = try FileManager.default.contentsOfDirectory(atPath: "\(bench.folder)/results/nap")
      .filter { $0 != "latest" }.sorted().map { "results/nap/\($0)" }
    let records = try await json(bench, runs)
    #expect(records.count == 1)
    let cells = try cells(try #require(records.first))
    #expect(cells.count == 3)
    #expect(cells.values.allSatisfy { $0["n"] as? Int == 6 })
    let table = try await bench.concrun(["summary"] + runs) { _ in }
    #expect(table.output.contains("nap, 2 runs together: nap"))

    // Named twice, it counts once; under whatever name.
    let twice = try await json(bench, [runs[1], "results/nap", "results/nap/latest/trials.csv"])
    #expect(try self.cells(try #require(twice.first)).values.allSatisfy { $0["n"] as? Int == 3 })

    // The same names for other work: not one experiment any more.
    _ = try await bench.shell("sed -i 's/1ms/2ms/' nap.yaml")
    #expect(try await bench.concrun("nap.yaml", "-q").exit == 0)
    #expect(try await json(bench, runs + ["results/nap"]).count == 2)
  }

  @Test func aRunThatIsNotWholeIsSummarisedAsFarAsItIs() async throws {
    let bench = try Workbench()
    _ = try bench.write(
      "nap.yaml",
      """
      workloads: { nap: { plugin: sleep, tasks: 1, duration: 1ms } }
      strategies: { sync: {}, threads: { max_workers: 2 } }
      trials: 4
      """)
    #expect(try await bench.concrun("nap.yaml", "-q").exit == 0)
    _ = try await bench.shell("cd results/nap/latest; f=$(cat trials.csv); echo -n \"${f:0:-150}\" > trials.csv")
    _ = try await bench.shell(
      "sed -i 's/\"state\" : \"completed\"/\"state\" : \"interrupted by SIGINT\"/' results/nap/latest/manifest.json")
    let outcome = try await bench.concrun("summary", "results/nap")
    #expect(outcome.exit == 0, "\(outcome.error)")
    #expect(outcome.output.contains("nap: interrupted by SIGINT after 9 trials\n"))
    #expect(outcome.output.contains("nap: its last line is cut short\n"))
    _ = try await bench.shell("echo '{}' > results/nap/latest/manifest.json")
    let alone = try await bench.concrun("summary", "results/nap")
    #expect(alone.exit == 0)
    #expect(alone.output.contains("its manifest.json is of another version: not read"))
  }
}
