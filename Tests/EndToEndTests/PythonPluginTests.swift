import Foundation
import Model
import Testing

/// The tutorial's programs in Python, through the built program.
struct PythonPluginTests {
  private static let plugin = "\(repository)/plugins/python/plugin"
  private static let strategies = [
    "python_sync", "python_threads", "python_asyncio", "python_asyncio_uvloop", "python_multiprocessing",
  ]

  init() throws {
    let isThere = FileManager.default.isExecutableFile(atPath: "\(repository)/plugins/python/.venv/bin/python")
    try #require(isThere, "run the tests with 'make test', or 'make python' before")
  }

  /// Runs an experiment of these workloads, once each.
  private func run(_ bench: Workbench, workloads: String, strategies: [String], more: String = "") async throws
    -> Workbench.Outcome
  {
    _ = try bench.write(
      "python.yaml",
      """
      plugins: [\(Self.plugin)]
      workloads:
      \(workloads)
      strategies: { \(strategies.map { $0.contains(":") ? $0 : "\($0): {}" }.joined(separator: ", ")) }
      trials: 1
      warmup: 0
      timeout: 1h
      \(more)
      """)
    return try await bench.concrun("python.yaml")
  }

  @Test func everyPairDoesWhatSwiftDoes() async throws {
    let bench = try Workbench()
    let outcome = try await run(
      bench,
      workloads: """
          pages: { plugin: download, urls: ["${origin}/jython", "${origin}/dice?size=100kB"], repeat: 10 }
          blocking: { plugin: download, urls: ["${origin}/jython"], repeat: 5, cooperative: false }
          large: { plugin: download, urls: ["${origin}/a?size=1MB"], repeat: 2, verify: size, max_bytes: 1MB }
          posted: { plugin: download, urls: ["${origin}/a"], method: POST, expect_status: "200,404", verify: status }
          squares: { plugin: sum_of_squares, start: 20_000, count: 30 }
        """, strategies: ["sync"] + Self.strategies)
    #expect(outcome.exit == 0, "\(outcome.error)")
    let trials = try bench.trials("python")
    #expect(trials.count == 5 * 6)
    for work in Dictionary(grouping: trials, by: \.workload).values {
      let swift = try #require(work.first { $0.strategy == "sync" })
      for trial in work {
        #expect(trial.status == .ok, "\(trial.cellID): \(trial.error ?? "")")
        #expect(trial.checksum == swift.checksum, "\(trial.cellID)")
        #expect(trial.tasksOK == swift.tasksOK && trial.bytes == swift.bytes, "\(trial.cellID)")
        let cpu = (trial.measures[.cpuUser] ?? 0) + (trial.measures[.cpuSystem] ?? 0)
        #expect(cpu > 0 && (trial.measures[.maxProcessRSS] ?? 0) > 1e6, "\(trial.cellID)")
      }
    }
  }

  /// The number of connections says who shares a session, and how many there are at most.
  @Test func sessionsAreTheTutorials() async throws {
    let bench = try Workbench()
    let outcome = try await run(
      bench,
      workloads: """
          kept: { plugin: download, urls: ["${origin}/a?latency=50ms"], repeat: 60 }
          fresh: { plugin: download, urls: ["${origin}/a"], repeat: 60, reuse_connections: false }
        """,
      strategies: [
        "python_sync", "python_threads: { max_workers: 3 }", "python_asyncio: { max_workers: 7 }",
        "python_asyncio_uvloop: { max_workers: 7 }", "python_multiprocessing: { max_workers: 2 }",
      ], more: "baseline: python_sync")
    #expect(outcome.exit == 0, "\(outcome.error)")
    let counts = try #require(try bench.manifest("python").reconciliation)
    #expect(counts.count == 10)
    for cell in counts {
      let strategy = cell.cell_id.split(separator: "/")[1]
      let sessions = ["python_sync": 1, "python_threads": 3, "python_multiprocessing": 2][strategy] ?? 7
      let isKept = cell.cell_id.hasPrefix("kept/")
      #expect(cell.connections == (isKept ? sessions : 60), "\(cell.cell_id)")
      #expect(isKept ? cell.most_at_once == sessions : cell.most_at_once <= sessions, "\(cell.cell_id)")
    }
  }

  @Test func failuresAreCountedAndSayWhy() async throws {
    let bench = try Workbench()
    let outcome = try await run(
      bench,
      workloads: """
          status: { plugin: download, urls: ["${origin}/a", "${origin}/a?status=404"] }
          refused: { plugin: download, urls: ["${origin}/a", "http://me:secret@127.0.0.1:1/"], verify: body }
          late: { plugin: download, urls: ["${origin}/a", "${origin}/a?latency=300s"], request_timeout: 2s }
          slow: { plugin: download, urls: ["${origin}/a", "${origin}/a?size=300kB&bandwidth=1kB"], request_timeout: 2s }
          large: { plugin: download, urls: ["${origin}/a", "${origin}/a?size=1MB"], max_bytes: 2kB }
          absent: { plugin: download, urls: ["${origin}/a", "http://no-such-host.invalid/"], verify: body }
        """, strategies: Self.strategies, more: "baseline: python_sync\nrecord: tasks")
    #expect(outcome.exit == 1, "\(outcome.error)")
    let trials = try bench.trials("python")
    #expect(trials.count == 6 * 5)
    let reasons = [
      "status": "404 from http://127.0.0.1:", "refused": "http://me:…@127.0.0.1:1/: ", "late": "not done within 2 s",
      "slow": "not done within 2 s", "large": "more than 2000 bytes", "absent": "http://no-such-host.invalid/: ",
    ]
    for trial in trials {
      #expect(trial.status == .failed, "\(trial.cellID)")
      #expect(trial.tasksOK == 1 && trial.tasksFailed == 1, "\(trial.cellID)")
      let reason = try #require(reasons[trial.workload])
      #expect(trial.error?.contains("task 1: ") == true, "\(trial.cellID): \(trial.error ?? "")")
      #expect(trial.error?.contains(reason) == true, "\(trial.cellID): \(trial.error ?? "")")
    }
    let rows = try await bench.shell(
      "cut -d, -f1,9 results/python/latest/tasks.csv | grep timeout | sed 's|/.*||' | sort | uniq -c")
    let timeouts = rows.output.split(separator: "\n").map { $0.trimmingPrefix { $0 == " " } }
    #expect(timeouts == ["5 late", "5 slow"])
  }

  @Test(arguments: [
    ("http_version: 2", "python_sync", "http_version: 1.1"), ("http_version: 2", "python_asyncio", "http_version: 1.1"),
    ("proxy: \"socks5://127.0.0.1:1\"", "python_threads", "a proxy whose URL begins with http://"),
    ("repeat: 2", "python_asyncio: { read_body: false }", "verify: size"),
  ])
  func whatItCantDoItRefuses(option: String, strategy: String, advice: String) async throws {
    let bench = try Workbench()
    let outcome = try await run(
      bench, workloads: "  w: { plugin: download, urls: [\"${origin}/a\"], \(option) }", strategies: [strategy],
      more: "baseline: \(strategy.prefix { $0 != ":" })")
    #expect(outcome.exit == 1)
    let trial = try #require(try bench.trials("python").first)
    #expect(trial.status == .failed)
    #expect(trial.error?.contains(advice) == true, "\(trial.error ?? "")")
  }

  /// An announced length is as many bytes as a body that is read, on a connection that can't be used again.
  @Test func bodiesNeedNotBeRead() async throws {
    let bench = try Workbench()
    let outcome = try await run(
      bench,
      workloads: "  w: { plugin: download, urls: [\"${origin}/a?size=1MB\"], repeat: 10, verify: size }",
      strategies: ["sync", "python_asyncio: { read_body: [true, false] }"])
    #expect(outcome.exit == 0, "\(outcome.error)")
    let trials = try bench.trials("python")
    #expect(trials.map(\.bytes) == [10_000_000, 10_000_000, 10_000_000])
  }

  /// The tutorial: a client library that blocks has nothing of the event loop.
  @Test func aBlockingClientDownloadsOneByOne() async throws {
    let bench = try Workbench()
    let outcome = try await run(
      bench,
      workloads: """
          waiting: { plugin: download, urls: ["${origin}/a?latency=200ms"], repeat: 40 }
          blocking: { plugin: download, urls: ["${origin}/a?latency=5ms"], repeat: 40, cooperative: false }
        """, strategies: ["python_asyncio"], more: "baseline: python_asyncio")
    #expect(outcome.exit == 0, "\(outcome.error)")
    for cell in try #require(try bench.manifest("python").reconciliation) {
      #expect(cell.cell_id.hasPrefix("blocking") ? cell.most_at_once == 1 : cell.most_at_once > 10, "\(cell.cell_id)")
    }
  }

  /// Here by Python itself, at its very start.
  @Test func whatIsPrintedIsNoMessage() async throws {
    let bench = try Workbench()
    _ = try bench.write("sitecustomize.py", "print('hello')\n")
    let outcome = try await run(
      bench, workloads: "  squares: { plugin: sum_of_squares, start: 1000, count: 8 }",
      strategies: ["python_multiprocessing"],
      more: "baseline: python_multiprocessing\nenv: { PYTHONPATH: \(bench.folder) }")
    #expect(outcome.exit == 0, "\(outcome.error)")
    #expect(try bench.trials("python").map(\.status) == [.ok])
  }

  @Test func withoutItsLibrariesItSaysWhatToDo() async throws {
    let bench = try Workbench()
    let copy = try await bench.shell(
      "mkdir -p plugins/python && cp -r '\(repository)'/plugins/python/[a-z]* plugins/python/")
    #expect(copy.exit == 0, "\(copy.error)")
    let listed = try await bench.concrun("plugins")
    #expect((listed.output + listed.error).contains("run `make python`"), "\(listed.error)")
    _ = try bench.write("copied.yaml", "workloads: { sum_of_squares: { count: 1 } }\nstrategies: { python_sync: {} }\n")
    let run = try await bench.concrun("copied.yaml")
    #expect(run.exit != 0)
    #expect(run.error.contains("run `make python`"), "\(run.error)")
    // With a virtual environment that lacks what is needed.
    #expect(try await bench.shell("python3 -m venv --without-pip plugins/python/.venv").exit == 0)
    let again = try await bench.concrun("plugins")
    #expect((again.output + again.error).contains("lacks aiohttp and requests"), "\(again.error)")
  }

  /// The same programs, without concrun.
  @Test func theProgramsRunByThemselves() async throws {
    let bench = try Workbench()
    for way in Self.strategies.map({ $0.dropFirst("python_".count) }) {
      let outcome = try await bench.shell(
        """
        python() { '\(repository)/plugins/python/.venv/bin/python' '\(repository)/plugins/python/program.py' "$@"; }
        rm -f url; "$CONCRUN" origin > url & trap "kill $!; wait" EXIT
        until test -s url; do sleep 0.02; done
        python \(way) download --repeat 3 --verbose $(head -1 url)/jython $(head -1 url)/dice &&
        python \(way) sum_of_squares --start 1000 --count 4
        """)
      #expect(outcome.exit == 0, "\(way): \(outcome.error)")
      // Threads mix their lines.
      #expect(outcome.output.matches(of: /Read 1024 from http:\/\/127\.0\.0\.1:/).count == 6, "\(way)")
      #expect(outcome.output.contains(/Downloaded 6 in [0-9.]+ seconds/), "\(way)")
      #expect(outcome.output.contains(/Duration [0-9.]+ seconds/), "\(way)")
    }
  }
}
