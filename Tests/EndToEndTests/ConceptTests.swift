import Foundation
import Results
import Testing

/// Each experiment of experiments/concepts/ shows what it says it does. Its sizes are smaller here, and what is compared is
/// far apart.
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
  }

  private func run(_ name: String, set: [String] = [], more: [String] = [], trials: Int = 3) async throws -> Rows {
    let bench = try Workbench()
    let arguments =
      ["\(repository)/experiments/concepts/\(name).yaml", "--quiet", "--trials", "\(trials)", "--warmup", "0"]
      + set.flatMap { ["--set", $0] } + more
    let outcome = try await bench.concrun(arguments) { _ in }
    #expect(outcome.exit == 0, "\(outcome.error)")
    let path = "\(bench.folder)/results/\(name)/latest/trials.csv"
    var lines = CSVReader(try [UInt8](Data(contentsOf: URL(filePath: path))))
    let header = lines.next() ?? []
    return Rows(rows: lines.map { Dictionary(uniqueKeysWithValues: zip(header, $0)) })
  }

  @Test func race() async throws {
    // Long enough that threads lose their turn in the middle on a machine that has one CPU to spare, too.
    let rows = try await run("race", set: ["workloads.counter.increments=1_000_000"])
    #expect(rows("threads", ["guard": "none"]).most("lost_updates") > 0)
    #expect(rows("locked", ["guard": "none"]).most("lost_updates") > 0)
    for guarding in ["mutex", "atomic"] {
      #expect(rows.with("guard", guarding).most("lost_updates") == 0)
      #expect(rows("sync", ["guard": guarding]).median() > rows("sync", ["guard": "none"]).median())
    }
    for strategy in ["sync", "async", "processes"] {
      #expect(rows(strategy).most("lost_updates") == 0)
    }
    #expect(rows("locked").least("lock_switches") > 0)
  }

  @Test func starvation() async throws {
    // Tasks that compute for so long that other processes' turns on the CPU are short beside that.
    let rows = try await run("starvation", set: ["workloads.mixed.number=150_000_000"])
    let cooperative = rows("async", ["cooperative": "true"])
    let stubborn = rows("async", ["cooperative": "false"])
    #expect(stubborn.median("waiting_task_max_s") > 2 * cooperative.median("waiting_task_max_s"))
    #expect(stubborn.median("loop_stall_max_s") > 5 * cooperative.median("loop_stall_max_s"))
    #expect(stubborn.median("waiting_task_p50_s") > 1.5 * rows("threads").median("waiting_task_p50_s"))
  }

  @Test func interpreterLock() async throws {
    let rows = try await run("interpreter_lock", set: ["workloads.squares.start=5_000_000"])
    let squares = rows("threads", ["workload": "squares", "interpreter_lock": "true"])
    #expect(squares.least("lock_switches") > 0)
    // Never more than one CPU, and no less to do: that can't be faster, however busy the machine is.
    #expect(squares.values("wall_s").count == 3)
    for (cpu, wall) in zip(squares.values("cpu_user_s"), squares.values("wall_s")) {
      #expect(cpu < 1.02 * wall + 0.01)
    }
    #expect(squares.median("cpu_user_s") > 0.8 * rows("sync", ["workload": "squares"]).least("cpu_user_s"))
    let naps = rows.with("workload", "naps")
    for lock in ["false", "true"] {
      #expect(naps("threads", ["interpreter_lock": lock]).median() < 0.5 * naps("sync").median())
    }
  }

  @Test func blockingClient() async throws {
    let rows = try await run("blocking_client")
    #expect(rows("async", ["cooperative": "false"]).median() > 0.9 * rows("sync").median())
    #expect(rows("async", ["cooperative": "true"]).median() < 0.3 * rows("sync").median())
    #expect(rows("threads", ["cooperative": "false"]).median() < 0.3 * rows("sync").median())
  }

  @Test func poolCost() async throws {
    let rows = try await run(
      "pool_cost", set: ["workloads.squares.start=1_000,2_000_000", "workloads.squares.count=20"])
    func price(_ start: String, _ transport: String) -> Double {
      let work = ["start": start, "result_bytes": "0"]
      return rows("processes", work.merging(["transport": transport]) { $1 }).median() / rows("sync", work).median()
    }
    for transport in ["shared", "pipe"] {
      #expect(price("1000", transport) > 2, "its start takes longer than the work")
      // On a busy machine it isn't faster, but not much slower.
      #expect(price("2000000", transport) < 0.3 * price("1000", transport))
    }
    func cost(_ transport: String) -> Double {
      let axes = ["start": "1000", "transport": transport]
      return rows("processes", axes.merging(["result_bytes": "1048576"]) { $1 }).median()
        - rows("processes", axes.merging(["result_bytes": "0"]) { $1 }).median()
    }
    #expect(cost("pipe") > 1.2 * cost("shared"), "moving data costs more than making it")
  }

  @Test func manyTasks() async throws {
    let rows = try await run("many_tasks", more: ["--only", "max_workers>=8"])
    func median(_ column: String, _ strategy: String, _ workers: Int) -> Double {
      rows(strategy, ["max_workers": "\(workers)"]).median(column)
    }
    for strategy in ["threads", "async"] {
      #expect(median("wall_s", strategy, 512) < 0.8 * median("wall_s", strategy, 8))
      #expect(median("wall_s", strategy, 8) < 0.5 * rows("sync").median())
    }
    func growth(_ strategy: String) -> Double {
      median("max_process_rss_bytes", strategy, 512) - median("max_process_rss_bytes", strategy, 8)
    }
    #expect(growth("threads") > growth("async"))
    #expect(median("voluntary_switches", "threads", 512) > 2 * median("voluntary_switches", "async", 512))
  }

  @Test func sessions() async throws {
    let rows = try await run("sessions", set: ["workloads.web.repeat=50"], trials: 5)
    for strategy in ["sync", "threads", "async", "processes"] {
      let kept = rows(strategy, ["reuse_connections": "true"])
      #expect(rows(strategy, ["reuse_connections": "false"]).median("task_p50_s") > 1.1 * kept.median("task_p50_s"))
    }
  }
}
