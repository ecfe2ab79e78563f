import Foundation
import Model
import Results
import Testing

/// Downloads from the embedded server, whose own counts are the oracle.
struct NetworkTests {
  private static let strategies = """
    strategies:
      sync: {}
      threads: { max_workers: 5 }
      async: { max_workers: 20 }
      tasks: { max_workers: 10, threads: 2 }
      processes: { max_workers: 3 }

    """

  /// The latency is long enough that all workers wait at the same time.
  @Test func theOriginCountsWhatTheClientsDid() async throws {
    let bench = try Workbench()
    _ = try bench.write(
      "io.yaml",
      """
      origin: { latency: 500ms }
      workloads:
        web: { plugin: download, urls: ["${origin}/jython?size=70000", "${origin}/dice"], repeat: 10 }
      \(Self.strategies)
      exclude: [{ strategy: sync }]
      baseline: threads
      trials: 1
      warmup: 0
      """)
    let outcome = try await bench.concrun("io.yaml")
    #expect(outcome.exit == 0, "\(outcome.error)")
    let trials = try bench.trials("io")
    #expect(Set(trials.map(\.checksum)).count == 1)
    let manifest = try bench.manifest("io")
    #expect(manifest.warnings.allSatisfy { !$0.contains("counts differ") })
    let counts = try #require(manifest.reconciliation)
    #expect(counts.count == 4)
    for counts in counts {
      let trial = try #require(trials.first { $0.cellID == counts.cell_id })
      #expect(counts.requests == RunManifest.Sides(origin: 20, clients: 20))
      #expect(counts.bytes == RunManifest.Sides(origin: 10 * 71024, clients: trial.bytes))
      #expect(counts.most_at_once == trial.workers, "\(counts.cell_id)")
      #expect(counts.connections == trial.workers, "\(counts.cell_id)")
      #expect(trial.measures[.ideal] == Double((20 + counts.most_at_once - 1) / counts.most_at_once) * 0.5)
    }
  }

  @Test func verboseTellsOfEachTask() async throws {
    let bench = try Workbench()
    _ = try bench.write(
      "v.yaml",
      """
      workloads: { web: { plugin: download, urls: ["${origin}/a?size=7", "${origin}/b?status=404"] } }
      strategies: { sync: {} }
      trials: 1
      warmup: 0
      """)
    let outcome = try await bench.concrun("v.yaml", "-v")
    #expect(outcome.exit == 1)
    let url = /http:\/\/127\.0\.0\.1:\d+/
    let lines = outcome.error.split(separator: "\n").map { $0.replacing(url, with: "URL") }
    #expect(lines.contains("Read 7 from URL/a?size=7"))
    #expect(lines.contains("Failed: URL/b?status=404: status"))
    #expect(lines.contains { $0.hasPrefix("Downloaded 1 in ") && $0.hasSuffix(" seconds (web/sync)") })
  }

  /// One request of ten is held up for a second, while others become due: only their response times tell.
  @Test func anOpenLoopSeesAStall() async throws {
    let bench = try Workbench()
    _ = try bench.write(
      "open.yaml",
      """
      origin: { stall_every: 50, stall: 600ms }
      arrivals: { rate: 100/s, process: poisson }
      workloads: { web: { plugin: download, urls: ["${origin}/"], repeat: 90 } }
      strategies: { sync: {} }
      trials: 1
      warmup: 0
      record: tasks
      """)
    #expect(try await bench.concrun("open.yaml").exit == 0)
    let trial = try #require(bench.trials("open").first)
    let median = try #require(trial.measures[.taskP50])
    #expect(median < 0.3, "most requests aren't stalled")
    #expect(try #require(trial.measures[.responseMax]) >= 0.6)
    #expect(try #require(trial.measures[.responseP99]) >= 0.3, "many were due while one was stalled")
    #expect(trial.measures[.overheadRatio] == nil)
    let late = try await bench.shell(
      "awk -F, 'NR > 1 && ($6 == \"\" || $7 + 0 < $6 + 0)' results/open/latest/tasks.csv | wc -l")
    #expect(late.output.hasPrefix("0"), "no task begins before it is due")
  }

  @Test func aRateSlowsDownloadsDown() async throws {
    let bench = try Workbench()
    _ = try bench.write(
      "rate.yaml",
      """
      origin: { latency: 1ms }
      workloads: { web: { plugin: download, urls: ["${origin}/"], repeat: 11 }, nap: { plugin: "null", tasks: 11 } }
      strategies: { sync: {}, threads: { max_workers: 4 }, async: {}, processes: { max_workers: 2 } }
      max_rate: 50/s
      trials: 1
      warmup: 0
      """)
    #expect(try await bench.concrun("rate.yaml").exit == 0)
    for trial in try bench.trials("rate") where trial.workload == "web" {
      #expect(try #require(trial.measures[.wall]) >= 0.2, "ten gaps of 20 ms")
      #expect(trial.measures[.ideal] == nil && trial.measures[.overheadRatio] == nil, "the latency bounds nothing")
    }
  }

  @Test func whatIsWarmedUpIsNotRecorded() async throws {
    let bench = try Workbench()
    _ = try bench.write(
      "warm.yaml",
      """
      workloads: { web: { plugin: download, urls: ["${origin}/"], repeat: 4 } }
      strategies: { sync: {}, threads: {}, async: {}, tasks: {}, processes: {} }
      warmup_tasks: 6
      trials: 1
      warmup: 0
      """)
    #expect(try await bench.concrun("warm.yaml").exit == 0)
    #expect(try bench.trials("warm").allSatisfy { $0.tasksOK == 4 })
    #expect(try bench.manifest("warm").reconciliation?.allSatisfy { $0.requests.origin == 4 } == true)
  }

  @Test func settingsOfTheOriginAreAxesAndHoldForPrograms() async throws {
    let bench = try Workbench()
    _ = try bench.write(
      "settings.yaml",
      """
      origin: { size: [10, 20], threads: [1, 2] }
      workloads: { web: { plugin: download, urls: ["${origin}/"], repeat: 3 } }
      strategies: { sync: {}, wrk: { plugin: program, command: [curl, -sf, "${origin}/x"] } }
      trials: 1
      warmup: 0
      """)
    let outcome = try await bench.concrun("settings.yaml")
    #expect(outcome.exit == 0, "\(outcome.error)")
    let trials = try bench.trials("settings")
    #expect(trials.count == 8)
    #expect(trials.filter { $0.strategy == "sync" }.map { $0.bytes ?? 0 }.sorted() == [30, 30, 60, 60])
    let counts = try #require(bench.manifest("settings").reconciliation)
    #expect(counts.count == 8)
    #expect(counts.filter { $0.cell_id.hasPrefix("program/") }.allSatisfy { $0.requests.origin == 1 })
  }

  /// Loading it costs more than all the rest of a start.
  @Test func helpDoesNotLoadLibcurl() async throws {
    let bench = try Workbench()
    let opened = "strace -f -e trace=openat -o opened.txt \"$CONCRUN\""
    #expect(try await bench.shell("\(opened) --help > help.txt && grep -c libcurl opened.txt").output == "0\n")
    _ = try bench.write("nap.yaml", "workloads: { nap: { plugin: sleep, tasks: 2 } }\nstrategies: { sync: {} }\n")
    #expect(try await bench.shell("\(opened) nap.yaml --quick && grep -c libcurl opened.txt").output.hasSuffix("\n0\n"))
    _ = try bench.write(
      "web.yaml", "workloads: { web: { plugin: download, urls: [\"${origin}/\"] } }\nstrategies: { sync: {} }\n")
    #expect(try await bench.shell("\(opened) web.yaml --quick && grep -q libcurl opened.txt").exit == 0)
  }
}
