import Foundation
import Testing

/// Each experiment of experiments/concepts/ shows what it says it does. Its sizes are smaller here.
///
/// A machine may be busy: what is compared are counts, CPU time and what overlapped, never how long something took.
@Suite(.serialized) struct ConceptTests {
  /// Rows of trials.csv, by column.
  private struct Rows {
    var rows: [[String: String]]

    func with(_ column: String, _ value: String) -> Rows { Rows(rows: rows.filter { $0[column] == value }) }

    func callAsFunction(_ strategy: String, _ axes: [String: String] = [:]) -> Rows {
      axes.reduce(with("strategy", strategy)) { $0.with($1.key, $1.value) }
    }

    func values(_ column: String) -> [Double] { rows.compactMap { $0[column].flatMap { Double($0) } } }

    /// Not a number where there is none: compares as false.
    func median(_ column: String = "wall_s") -> Double {
      let sorted = values(column).sorted()
      return sorted.isEmpty ? .nan : (sorted[(sorted.count - 1) / 2] + sorted[sorted.count / 2]) / 2
    }

    func least(_ column: String) -> Double { values(column).min() ?? .nan }
    func most(_ column: String) -> Double { values(column).max() ?? .nan }

    /// The least CPU time of a trial, in seconds: others who want the CPU don't add to it.
    var cpu: Double {
      zip(values("cpu_user_s"), values("cpu_system_s")).map(+).min() ?? .nan
    }
  }

  /// Tables of one run.
  private struct Run {
    var trials: Rows
    /// Empty unless tasks were recorded.
    var tasks: Rows
    var manifest: RunManifest

    /// The counts of the embedded server, summed over the cells whose ids have all of these parts.
    func counts(_ parts: String...) -> (requests: Int, connections: Int, mostAtOnce: Int) {
      let counts = (manifest.reconciliation ?? []).filter { cell in parts.allSatisfy(cell.cell_id.contains) }
      return (
        counts.map(\.requests.origin).reduce(0, +), counts.map(\.connections).reduce(0, +),
        counts.map(\.most_at_once).max() ?? 0
      )
    }

    /// Starts and ends of the tasks of a cell, trial by trial.
    func spans(_ cell: String) -> [[ClosedRange<Double>]] {
      let rows = tasks.rows.filter { $0["cell_id"]?.hasPrefix(cell) == true }
      return Dictionary(grouping: rows) { $0["block"] ?? "" }.values.map { rows in
        rows.compactMap { row in
          guard let start = row["start_s"].flatMap({ Double($0) }), let end = row["end_s"].flatMap({ Double($0) })
          else { return nil }
          return start...max(start, end)
        }
      }
    }

    /// Whether in any trial two tasks of a cell were under way at once.
    func overlaps(_ cell: String) -> Bool {
      spans(cell).contains { spans in
        let sorted = spans.sorted { $0.lowerBound < $1.lowerBound }
        return zip(sorted, sorted.dropFirst()).contains { $1.lowerBound < $0.upperBound }
      }
    }
  }

  private func run(
    _ name: String, set: [String] = [], more: [String] = [], trials: Int = 3, recordsTasks: Bool = false
  ) async throws -> Run {
    let bench = try Workbench()
    let arguments =
      [
        "\(repository)/experiments/concepts/\(name).yaml", "--quiet", "--trials", "\(trials)", "--warmup", "0",
        // On a busy machine a trial may wait long for its CPU.
        "--timeout", "1h",
      ]
      + (set + (recordsTasks ? ["record=tasks"] : [])).flatMap { ["--set", $0] } + more
    let outcome = try await bench.concrun(arguments) { _ in }
    #expect(outcome.exit == 0, "\(outcome.error)")
    return Run(
      trials: Rows(rows: try bench.rows(name, "trials")),
      tasks: Rows(rows: recordsTasks ? try bench.rows(name, "tasks") : []), manifest: try bench.manifest(name))
  }

  @Test func race() async throws {
    // Long enough that threads lose their turn in the middle on a machine that has one CPU to spare, too.
    let rows = try await run("race", set: ["workloads.counter.increments=1_000_000"]).trials
    #expect(rows("threads", ["guard": "none"]).most("lost_updates") > 0)
    #expect(rows("locked", ["guard": "none"]).most("lost_updates") > 0)
    for guarding in ["mutex", "atomic"] {
      #expect(rows.with("guard", guarding).most("lost_updates") == 0)
      #expect(rows("sync", ["guard": guarding]).cpu > rows("sync", ["guard": "none"]).cpu)
    }
    for strategy in ["sync", "async", "processes"] {
      #expect(rows(strategy).most("lost_updates") == 0)
    }
    #expect(rows("locked").least("lock_switches") > 0)
  }

  /// A task that never gives control back keeps every other one from starting and from ending meanwhile.
  @Test func starvation() async throws {
    let run = try await run("starvation", set: ["workloads.mixed.number=30_000_000"], recordsTasks: true)
    func othersWithin(_ cell: String) -> Int {
      run.spans(cell).reduce(0) { sum, spans in
        // Those that compute take longest.
        let computing = spans.sorted { $0.upperBound - $0.lowerBound > $1.upperBound - $1.lowerBound }.prefix(1)
        return sum
          + computing.reduce(0) { sum, task in
            sum
              + spans.count { other in
                other != task
                  && [other.lowerBound, other.upperBound].contains { $0 > task.lowerBound && $0 < task.upperBound }
              }
          }
      }
    }
    let stubborn = "mixed/async/cooperative=false"
    let cooperative = "mixed/async/cooperative=true"
    #expect(run.spans(stubborn).map(\.count) == [100, 100, 100])
    #expect(othersWithin(cooperative) > 0)
    // On the same loop a task may be waiting: it started before, and its end comes after.
    let cpu = run.trials("async", ["cooperative": "false"]).least("cpu_user_s")
    #expect(run.trials("async", ["cooperative": "false"]).least("loop_stall_max_s") > 0.5 * cpu / 5)
  }

  @Test func interpreterLock() async throws {
    let run = try await run(
      "interpreter_lock", set: ["workloads.squares.start=5_000_000"], recordsTasks: true)
    let squares = run.trials("threads", ["workload": "squares", "interpreter_lock": "true"])
    #expect(squares.least("lock_switches") > 0)
    // Never more than one CPU, and no less to do: that can't be faster, however busy the machine is.
    #expect(squares.values("wall_s").count == 3)
    for (cpu, wall) in zip(squares.values("cpu_user_s"), squares.values("wall_s")) {
      #expect(cpu < 1.02 * wall + 0.01)
    }
    #expect(
      squares.median("cpu_user_s") > 0.8 * run.trials("sync", ["workload": "squares"]).least("cpu_user_s"))
    // Waiting overlaps nevertheless.
    #expect(!run.overlaps("naps/sync"))
    for lock in ["false", "true"] {
      #expect(run.overlaps("naps/threads/interpreter_lock=\(lock)"))
    }
  }

  @Test func blockingClient() async throws {
    let run = try await run("blocking_client")
    #expect(run.counts("/sync", "cooperative=true").mostAtOnce == 1)
    #expect(run.counts("/async", "cooperative=false").mostAtOnce == 1)
    #expect(run.counts("/async", "cooperative=true").mostAtOnce > 1)
    #expect(run.counts("/threads", "cooperative=false").mostAtOnce > 1)
  }

  @Test func poolCost() async throws {
    let rows = try await run(
      "pool_cost", set: ["workloads.squares.start=1_000,2_000_000", "workloads.squares.count=20"]
    ).trials
    func price(_ start: String, _ transport: String) -> Double {
      let work = ["start": start, "result_bytes": "0"]
      return rows("processes", work.merging(["transport": transport]) { $1 }).cpu / rows("sync", work).cpu
    }
    for transport in ["shared", "pipe"] {
      #expect(price("1000", transport) > 2, "its start takes more CPU than the work")
      #expect(price("2000000", transport) < 0.3 * price("1000", transport))
    }
    func cost(_ transport: String) -> Double {
      let axes = ["start": "1000", "transport": transport]
      return rows("processes", axes.merging(["result_bytes": "1048576"]) { $1 }).cpu
        - rows("processes", axes.merging(["result_bytes": "0"]) { $1 }).cpu
    }
    #expect(cost("pipe") > 1.2 * cost("shared"), "moving data costs more than making it")
  }

  @Test func manyTasks() async throws {
    let run = try await run("many_tasks", more: ["--only", "max_workers>=8"], recordsTasks: true)
    func median(_ column: String, _ strategy: String, _ workers: Int) -> Double {
      run.trials(strategy, ["max_workers": "\(workers)"]).median(column)
    }
    #expect(!run.overlaps("waits/sync"))
    for strategy in ["threads", "async"] {
      #expect(median("ideal_s", strategy, 512) < 0.1 * median("ideal_s", strategy, 8))
      #expect(run.overlaps("waits/\(strategy)/max_workers=8"))
    }
    func growth(_ strategy: String) -> Double {
      median("max_process_rss_bytes", strategy, 512) - median("max_process_rss_bytes", strategy, 8)
    }
    #expect(growth("threads") > growth("async"))
    #expect(median("voluntary_switches", "threads", 512) > 2 * median("voluntary_switches", "async", 512))
  }

  @Test func sessions() async throws {
    let run = try await run("sessions", set: ["workloads.web.repeat=50"], trials: 2)
    for strategy in ["sync", "threads", "async", "processes"] {
      let kept = run.counts("/\(strategy)/", "reuse_connections=true")
      let single = run.counts("/\(strategy)/", "reuse_connections=false")
      #expect(single.connections == single.requests)
      #expect(kept.requests == 200)
      #expect(kept.connections <= 2 * 5, "at most one for each worker of a trial")
    }
  }
}
