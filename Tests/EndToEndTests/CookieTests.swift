import Foundation
import MarkedText
import Model
import Testing

/// `cookies: true`, with every strategy: the server sets one where a request has none.
struct CookieTests {
  @Test func eachWorkerHasItsOwn() async throws {
    let bench = try Workbench()
    _ = try bench.write(
      "c.yaml",
      """
      workloads:
        kept: { plugin: download, urls: ["http://127.0.0.1:PORT/kept"], repeat: 40, cookies: true }
        blocked: { plugin: download, urls: ["http://127.0.0.1:PORT/blocked"], repeat: 40, cookies: true, cooperative: false }
        none: { plugin: download, urls: ["http://127.0.0.1:PORT/none"], repeat: 40, cookies: false }
        usual: { plugin: download, urls: ["http://127.0.0.1:PORT/usual"], repeat: 40 }
      hooks: { before_trial: [bash, -c, "echo $CONCRUN_CELL_ID $(wc -l < requests.jsonl) >> starts"] }
      trials: 1
      warmup: 0
      """ + "\n" + EveryStrategy.section)
    let outcome = try await bench.whileRecording("$CONCRUN c.yaml --quiet")
    #expect(outcome.exit == 0, "\(outcome.error)")
    let requests = try bench.recordedRequests()
    #expect(requests.count == 4 * 7 * 40)
    let starts = try String(contentsOfFile: "\(bench.folder)/starts", encoding: .utf8).split(separator: "\n")
    #expect(starts.count == 28)
    var seen: Set<String> = []
    for line in starts {
      let words = line.split(separator: " ")
      let (cell, first) = (words[0], try #require(Int(words[1])))
      let trial = requests[first..<first + 40]
      let path = try #require(trial.first?.path)
      #expect(trial.allSatisfy { $0.path == path }, "\(cell)")
      let new = trial.filter { $0.cookie == nil }.count
      let known = Set(trial.compactMap(\.cookie))
      guard path == "/kept" || path == "/blocked" else {
        #expect(new == 40 && known.isEmpty, "\(cell)")
        continue
      }
      let label = cell.split(separator: "/")[1]
      let most = try #require(EveryStrategy.workers[String(label)])
      #expect((1...most).contains(new), "\(cell): \(new) sessions")
      #expect(known.count <= new && !known.isEmpty, "\(cell)")
      #expect(known.allSatisfy { $0.hasPrefix("sid=cookie-value-") && !$0.contains(";") }, "\(cell): \(known)")
      #expect(seen.isDisjoint(with: known), "\(cell): cookies of another trial")
      seen.formUnion(known)
    }
    // Cookies are secrets: they are in no file of the run.
    let found = try await bench.shell("grep -rl cookie-value results")
    #expect(found.output == "")
  }

  /// On one event loop, all workers have taken their first chunk before the first answer comes.
  @Test func tasksOfALoopShareConnectionsButNoCookies() async throws {
    let bench = try Workbench()
    _ = try bench.write(
      "loop.yaml",
      """
      workloads: { w: { plugin: download, urls: ["http://127.0.0.1:PORT/"], repeat: 25, cookies: true } }
      strategies: { async: { max_workers: 5, chunk_size: 5 } }
      trials: 1
      warmup: 0
      warmup_tasks: 5
      """)
    let outcome = try await bench.whileRecording("$CONCRUN loop.yaml --quiet")
    #expect(outcome.exit == 0, "\(outcome.error)")
    let requests = try bench.recordedRequests()
    #expect(requests.count == 30)
    #expect(requests.filter { $0.cookie == nil }.count == 6, "one for each worker, and one before the clock started")
    #expect(Set(requests.compactMap(\.cookie)).count == 6)
  }

  @Test func mistakesAreLocated() async throws {
    let bench = try Workbench()
    let text = MarkedText(
      """
      workloads:
        a: { plugin: download, urls: ["${origin}/"], cookies: «maybe» }
        b: { plugin: download, urls: ["${origin}/"], cookies: true, headers: «{ cookie: a=1 }» }
        c: { plugin: download, urls: ["${origin}/"], cookies: false, headers: { cookie: a=1 } }
        d: { plugin: download, urls: ["${origin}/"], «cookie»: true }
      strategies: { sync: }
      """)
    let outcome = try await bench.concrun("check", try bench.write("m.yaml", text.text))
    #expect(outcome.exit == 65)
    let messages = [
      "'cookies' must be true or false: 'maybe' is neither true nor false",
      "'headers': with cookies: true, servers set the cookies: leave 'Cookie' out",
      "unknown key 'cookie' for workload 'd'",
    ]
    #expect(
      outcome.error.split(separator: "\n").filter { $0.hasPrefix("m.yaml") }
        == zip(text.places(in: "m.yaml"), messages).map { "\($0): error: \($1)" })
  }

  @Test(arguments: [("true", 65), ("false", 0)]) func pluginsThatDoNotKnowOfThem(value: String, exit: Int32)
    async throws
  {
    let bench = try Workbench()
    _ = try bench.write(
      "p.yaml",
      """
      plugins: [\(repository)/plugins/python/plugin]
      workloads: { w: { plugin: download, urls: ["${origin}/"], cookies: \(value) } }
      strategies: { sync: , python_sync: }
      """)
    let outcome = try await bench.concrun("check", "p.yaml")
    #expect(outcome.exit == exit, "\(outcome.error)")
    #expect(outcome.error.contains("strategy 'python_sync' doesn't know of 'cookies'") == (exit == 65))
  }
}
