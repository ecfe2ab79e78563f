import Foundation
import Model
import Testing

/// `arrivals: { ramp: … }`, with every strategy: when each task was due, and that none began before.
struct RampTests {
  @Test(arguments: [(20.0, 200.0), (200, 20), (0, 160)]) func tasksAreDueAsTheRateSays(from: Double, to: Double)
    async throws
  {
    let bench = try Workbench()
    _ = try bench.write(
      "ramp.yaml",
      """
      arrivals: { ramp: { from: \(Int(from))/s, to: \(Int(to))/s, over: 500ms } }
      workloads: { web: { plugin: download, urls: ["${origin}/"], repeat: 60 } }
      trials: 1
      warmup: 0
      record: tasks
      """ + "\n" + EveryStrategy.section)
    let outcome = try await bench.concrun("ramp.yaml", "--quiet")
    #expect(outcome.exit == 0, "\(outcome.error)")
    let rows = try bench.rows("ramp", "tasks")
    #expect(rows.count == 7 * 60)
    let curvature = (to - from) / 1
    let whole = (from + to) / 4
    for row in rows {
      let cell = row["cell_id"] ?? ""
      let numbers = try ["task", "due_s", "start_s"].map { try #require(Double(row[$0] ?? "")) }
      let (task, due, start) = (numbers[0], numbers[1], numbers[2])
      let expected =
        due <= 0.5 ? from * due + curvature * due * due : whole + (due - 0.5) * to
      #expect(abs(expected - task) < 1e-3, "\(cell): task \(task) at \(due)")
      #expect(start >= due, "\(cell): task \(task)")
    }
    for trial in try bench.trials("ramp") {
      let (response, service) = (trial.measures[.responseMax] ?? 0, trial.measures[.taskMax] ?? 1)
      #expect(response >= service, "\(trial.cellID)")
    }
    let manifest = try String(contentsOfFile: "\(bench.folder)/results/ramp/latest/manifest.json", encoding: .utf8)
    #expect(manifest.contains("\"ramp\"") && manifest.contains("\"over_s\""))
  }

  /// Two runs that differ in their ramps aren't compared without a word.
  @Test func anotherRampIsAnotherPlan() async throws {
    let bench = try Workbench()
    for (file, over) in [("a/r.yaml", "100ms"), ("b/r.yaml", "200ms")] {
      _ = try await bench.shell("mkdir -p \(file.prefix(1))")
      _ = try bench.write(
        file,
        """
        arrivals: { ramp: { from: 50/s, to: 100/s, over: \(over) } }
        workloads: { nap: { plugin: "null", tasks: 5 } }
        strategies: [sync]
        trials: 1
        warmup: 0
        """)
      #expect(try await bench.concrun(file, "--output", "out-\(file.prefix(1))", "--quiet").exit == 0)
    }
    let compared = try await bench.concrun("compare", "out-a/r", "out-b/r")
    #expect((compared.output + compared.error).contains("arrivals ramp over: 0.1 → 0.2"), "\(compared.output)")
  }
}
