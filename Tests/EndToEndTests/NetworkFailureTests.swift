import Foundation
import MarkedText
import Model
import Results
import Testing

/// What goes wrong with downloads: a row and a class, or a located message; and the run goes on, or can be gone on with.
struct NetworkFailureTests {
  @Test func failuresAreRowsWithAClassAndTheRunGoesOn() async throws {
    let bench = try Workbench()
    _ = try bench.write(
      "bad.yaml",
      """
      workloads:
        corrupt: { plugin: download, urls: ["${origin}/a", "${origin}/a/../b?corrupt=true"] }
        status: { plugin: download, urls: ["${origin}/a?status=503"] }
        refused: { plugin: download, urls: ["http://127.0.0.1:1/"] }
        late: { plugin: download, urls: ["${origin}/a?latency=300s"], request_timeout: 1s }
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
          request_timeout: 120s
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
      workloads: { web: { plugin: download, urls: ["${origin}/"], repeat: 300, request_timeout: 120s } }
      strategies: { async: { max_workers: 300 } }
      timeout: 1h
      trials: 1
      warmup: 0
      """)
    let outcome = try await bench.shell("ulimit -Sn 200; \"$CONCRUN\" many.yaml")
    #expect(outcome.exit == 0, "\(outcome.error)")
    #expect(try bench.trials("many").first?.tasksOK == 300)
  }

  @Test func anOriginThatDiesBetweenTrialsIsStartedAnew() async throws {
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
    #expect(outcome.exit == 0, "\(outcome.error)")
    #expect(try bench.trials("dies").map(\.status) == [.ok, .ok, .ok, .ok])
    #expect(try bench.manifest("dies").reconciliation?.map(\.trials) == [4], "those of both servers")
  }

  /// The trial itself kills the server, so that no timing decides when that happens.
  @Test func aTrialWhoseOriginDiesIsRepeated() async throws {
    let bench = try Workbench()
    _ = try bench.write(
      "lost.yaml",
      """
      strategies:
        get:
          plugin: program
          command: [sh, -c, 'test -e killed || { touch killed; p=$$; until [ $p -le 1 ] || pkill -KILL -P $p -f "[_]_origin"; do p=$(ps -o ppid= $p); done; }; echo ${origin}/']
      trials: 2
      warmup: 0
      """)
    let outcome = try await bench.concrun("lost.yaml")
    #expect(outcome.exit == 0, "\(outcome.error)")
    let trials = try bench.trials("lost")
    #expect(trials.map(\.status) == [.failed, .ok, .ok])
    #expect(trials.map(\.attempt) == [1, 2, 1])
    #expect(
      trials.first?.error == "the embedded server was lost while it ran: the origin: it has ended; it is repeated")
    let summary = try await bench.concrun("summary", "results/lost/latest", "--format", "csv")
    let n = try await bench.shell("cut -d, -f7,8 results/lost/latest/summary.csv")
    #expect(n.output == "n,n_failed\n2,0\n")
    #expect(try await bench.shell("cat results/lost/latest/summary.csv").output == summary.output)
    #expect(try await bench.concrun("lost.yaml", "--resume").error.contains("are whole"))
  }

  /// Each attempt is a row, and the last one counts: in the summary, and for the exit status.
  @Test(arguments: [(3, 0, "1,0,1"), (2, 1, "0,1,1"), (0, 1, "0,1,0")])
  func aTrialThatIsNotOKIsRunAgain(retries: Int, exit: Int32, counts: String) async throws {
    let bench = try Workbench()
    _ = try bench.write(
      "again.yaml",
      """
      strategies: { count: { plugin: program, command: [sh, -c, 'echo >> n; test $(wc -l < n) -gt 3'] } }
      retries: \(retries)
      trials: 1
      warmup: 0
      """)
    let outcome = try await bench.concrun("again.yaml")
    #expect(outcome.exit == exit, "\(outcome.error)")
    #expect(try bench.trials("again").map(\.attempt) == Array(1...(retries + 1)))
    let statuses: [TrialStatus] = [.failed, .failed, .failed, .ok]
    #expect(try bench.trials("again").map(\.status) == Array(statuses[...retries]))
    let summary = try await bench.shell("cut -d, -f7,8,40 results/again/latest/summary.csv")
    #expect(summary.output == "n,n_failed,n_retried\n\(counts)\n")
    #expect(try await bench.concrun("again.yaml", "--resume").exit == exit, "nothing is missing")
    #expect(try bench.trials("again").count == retries + 1)
  }

  @Test func whatATimeoutInterruptsIsCancelled() async throws {
    let bench = try Workbench()
    _ = try bench.write(
      "late.yaml",
      """
      workloads: { web: { plugin: download, urls: ["${origin}/a", "${origin}/b?latency=300s"], request_timeout: 400s } }
      strategies: { sync: {}, async: {} }
      trials: 1
      warmup: 0
      timeout: 8s
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

  @Test func mistakesInURLsAreLocated() async throws {
    let bench = try Workbench()
    let text = MarkedText(
      """
      workloads:
        a: { plugin: download, urls: [«"${origin}/a?size=64XB"»] }
        b: { plugin: download, urls: ["http://127.0.0.1/", «"example.com"»] }
        c: { plugin: download, urls: [«"${origin}a"»] }
        d: { plugin: download, urls: ["http://127.0.0.1/"], expect_status: «20x» }
        e: { plugin: download, urls_from: «nowhere.txt» }
        f: { plugin: download, urls: [«"${origin}/.concrun/counts"»] }
        g: { plugin: download, urls: ["${origin}/?site=1", «"${origin}/?latncy=1ms"»] }
        «h»: { plugin: download }
      strategies: { sync: {} }
      """)
    let outcome = try await bench.concrun("check", try bench.write("urls.yaml", text.text))
    #expect(outcome.exit == 65)
    let messages = [
      "'urls': size=64XB: write a size from 0 to 1GiB (B, kB, KiB, MB, MiB, GB, GiB), such as 64KiB",
      "'urls': 'example.com': a URL begins with http:// or https://",
      "'urls': '${origin}a' needs a slash after ${origin}",
      "'expect_status': write 200, 2xx, or several with commas",
      "'urls_from': nowhere.txt: No such file or directory",
      "'urls': what is below /.concrun/ is the server's own",
      "'urls': 'latncy' is no setting of the origin: did you mean 'latency'?",
      "workload 'h' needs 'urls' or 'urls_from'",
    ]
    #expect(
      outcome.error.split(separator: "\n").filter { $0.hasPrefix("urls.yaml") }
        == zip(text.places(in: "urls.yaml"), messages).map { "\($0): error: \($1)" })
  }
}
