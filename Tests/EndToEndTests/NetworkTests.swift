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

  private struct Counts: Decodable {
    struct Sides: Decodable, Equatable {
      var origin: Int
      var clients: Int?
    }

    var cell_id: String
    var trials: Int
    var requests: Sides
    var bytes: Sides
    var connections: Int
    var most_at_once: Int
  }

  private struct RunManifest: Decodable {
    var warnings: [String]
    var reconciliation: [Counts]?
  }

  private func manifest(_ bench: Workbench, _ experiment: String) throws -> RunManifest {
    let path = "\(bench.folder)/results/\(experiment)/latest/manifest.json"
    return try JSONDecoder().decode(RunManifest.self, from: Data(contentsOf: URL(filePath: path)))
  }

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
    let manifest = try manifest(bench, "io")
    #expect(manifest.warnings.allSatisfy { !$0.contains("counts differ") })
    let counts = try #require(manifest.reconciliation)
    #expect(counts.count == 4)
    for counts in counts {
      let trial = try #require(trials.first { $0.cellID == counts.cell_id })
      #expect(counts.requests == Counts.Sides(origin: 20, clients: 20))
      #expect(counts.bytes == Counts.Sides(origin: 10 * 71024, clients: trial.bytes))
      #expect(counts.most_at_once == trial.workers, "\(counts.cell_id)")
      #expect(counts.connections == trial.workers, "\(counts.cell_id)")
      #expect(trial.measures[.ideal] == Double((20 + counts.most_at_once - 1) / counts.most_at_once) * 0.5)
    }
  }

  @Test func failuresAreRowsWithAClassAndTheRunGoesOn() async throws {
    let bench = try Workbench()
    _ = try bench.write(
      "bad.yaml",
      """
      workloads:
        corrupt: { plugin: download, urls: ["${origin}/a", "${origin}/a/../b?corrupt=true"] }
        status: { plugin: download, urls: ["${origin}/a?status=503"] }
        refused: { plugin: download, urls: ["http://127.0.0.1:1/"] }
        late: { plugin: download, urls: ["${origin}/a?latency=30s"], request_timeout: 100ms }
        changing: { plugin: download, urls: ["${origin}/a?corrupt=true"], verify: status }
        good: { plugin: download, urls: ["${origin}/a/../b", "${origin}/a?error_rate=100%"], expect_status: "2xx,500" }
      strategies: { sync: {}, threads: {}, async: {}, tasks: {}, processes: {} }
      trials: 1
      warmup: 0
      record: tasks
      """)
    let outcome = try await bench.concrun("bad.yaml")
    #expect(outcome.exit == 1)
    let trials = try bench.trials("bad")
    #expect(trials.count == 30)
    for trial in trials {
      #expect(trial.status == (["good", "changing"].contains(trial.workload) ? .ok : .failed), "\(trial.cellID)")
    }
    let rows = try await bench.shell("cut -d, -f1,9,10,11 results/bad/latest/tasks.csv | sed 's|/[^,]*||' | sort -u")
    #expect(
      rows.output == """
        cell_id,status,failure,bytes
        changing,ok,,1024
        corrupt,failed,verify,1024
        corrupt,ok,,1024
        good,ok,,1024
        good,ok,,32
        late,timeout,timeout_first_byte,0
        refused,failed,refused,0
        status,failed,status,1024

        """)
    #expect(outcome.error.contains("task 0: status: 503 from http://127.0.0.1:"))
  }

  /// A name that has to be looked up uses descriptors of its own, which come and go without a word.
  @Test func namesThatAreLookedUpDisturbNobody() async throws {
    let bench = try Workbench()
    _ = try bench.write(
      "names.yaml",
      """
      workloads:
        web:
          plugin: download
          urls: ["http://\(String(repeating: "a", count: 64)).example/", "${origin}/a", "${origin}/b?close=true"]
          repeat: 20
          request_timeout: 20s
      strategies: { sync: {}, async: { max_workers: [1, 2, 5, 40] }, tasks: { max_workers: 4, threads: 2 } }
      max_failed: 34%
      trials: 1
      warmup: 0
      """)
    let outcome = try await bench.concrun("names.yaml")
    #expect(outcome.exit == 0, "\(outcome.error)")
    #expect(try bench.trials("names").map { $0.tasksOK } == Array(repeating: 40, count: 6))
  }

  @Test func asManyConnectionsAsMayBe() async throws {
    let bench = try Workbench()
    _ = try bench.write(
      "many.yaml",
      """
      origin: { latency: 1s }
      workloads: { web: { plugin: download, urls: ["${origin}/"], repeat: 300 } }
      strategies: { async: { max_workers: 300 } }
      trials: 1
      warmup: 0
      """)
    let outcome = try await bench.shell("ulimit -Sn 200; \"$CONCRUN\" many.yaml")
    #expect(outcome.exit == 0, "\(outcome.error)")
    #expect(try bench.trials("many").first?.tasksOK == 300)
  }

  @Test func anOriginThatDiesEndsTheRunResumably() async throws {
    let bench = try Workbench()
    _ = try bench.write(
      "dies.yaml",
      """
      workloads: { web: { plugin: download, urls: ["${origin}/"] } }
      strategies: { sync: {} }
      trials: 4
      warmup: 0
      hooks: { before_trial: [sh, -c, 'test $CONCRUN_BLOCK != 3 || test -e killed || { touch killed; pkill -KILL -P $(ps -o ppid= $$) -f "[_]_origin"; }'] }
      """)
    let outcome = try await bench.concrun("dies.yaml")
    #expect(outcome.exit == 69, "\(outcome.error)")
    #expect(outcome.error.contains("the origin: it has ended"))
    #expect(try bench.trials("dies").count == 2)
    #expect(try await bench.concrun("dies.yaml", "--resume").exit == 0)
    #expect(try bench.trials("dies").map(\.status) == [.ok, .ok, .ok, .ok])
    #expect(try manifest(bench, "dies").reconciliation?.map(\.trials) == [4], "those of both sittings")
  }

  @Test func whatATimeoutInterruptsIsCancelled() async throws {
    let bench = try Workbench()
    _ = try bench.write(
      "late.yaml",
      """
      workloads: { web: { plugin: download, urls: ["${origin}/a", "${origin}/b?latency=60s"], request_timeout: 90s } }
      strategies: { sync: {}, async: {} }
      trials: 1
      warmup: 0
      timeout: 2s
      record: tasks
      """)
    #expect(try await bench.concrun("late.yaml").exit == 1)
    #expect(try bench.trials("late").map(\.status) == [.timeout, .timeout])
    let rows = try await bench.shell("cut -d, -f4,9,10,11 results/late/latest/tasks.csv | sort -u")
    #expect(rows.output == "0,ok,,1024\n1,failed,cancelled,0\ntask,status,failure,bytes\n")
    let ends = try await bench.shell(
      "awk -F, '$10 == \"cancelled\" { print $8 }' results/late/latest/tasks.csv | sort -u")
    #expect(ends.output == "\n", "they have no end")
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
    #expect(try manifest(bench, "warm").reconciliation?.allSatisfy { $0.requests.origin == 4 } == true)
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
    let counts = try #require(manifest(bench, "settings").reconciliation)
    #expect(counts.count == 8)
    #expect(counts.filter { $0.cell_id.hasPrefix("program/") }.allSatisfy { $0.requests.origin == 1 })
  }

  @Test func mistakesInURLsAreLocated() async throws {
    let bench = try Workbench()
    _ = try bench.write(
      "urls.yaml",
      """
      workloads:
        a: { plugin: download, urls: ["${origin}/a?size=64XB"] }
        b: { plugin: download, urls: ["http://127.0.0.1/", "example.com"] }
        c: { plugin: download, urls: ["${origin}a"] }
        d: { plugin: download, urls: ["http://127.0.0.1/"], expect_status: 20x }
        e: { plugin: download, urls_from: nowhere.txt }
        f: { plugin: download, urls: ["${origin}/.concrun/counts"] }
        g: { plugin: download, urls: ["${origin}/?site=1", "${origin}/?latncy=1ms"] }
        h: { plugin: download }
      strategies: { sync: {} }
      """)
    let outcome = try await bench.concrun("check", "urls.yaml")
    #expect(outcome.exit == 65)
    let lines = outcome.error.split(separator: "\n").filter { $0.hasPrefix("urls.yaml") }
    #expect(
      lines == [
        "urls.yaml:2:33: error: 'urls': size=64XB: write a size from 0 to 1GiB (B, kB, KiB, MB, MiB, GB, GiB), such as "
          + "64KiB",
        "urls.yaml:3:54: error: 'urls': 'example.com': a URL begins with http:// or https://",
        "urls.yaml:4:33: error: 'urls': '${origin}a' needs a slash after ${origin}",
        "urls.yaml:5:70: error: 'expect_status': write 200, 2xx, or several with commas",
        "urls.yaml:6:37: error: 'urls_from': nowhere.txt: No such file or directory",
        "urls.yaml:7:33: error: 'urls': what is below /.concrun/ is the server's own",
        "urls.yaml:8:54: error: 'urls': 'latncy' is no setting of the origin: did you mean 'latency'?",
        "urls.yaml:9:3: error: workload 'h' needs 'urls' or 'urls_from'",
      ])
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
