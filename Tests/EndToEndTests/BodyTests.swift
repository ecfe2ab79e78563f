import Foundation
import MarkedText
import Model
import Testing

/// `body` and `body_from`, with every strategy.
struct BodyTests {
  private static let strategies = EveryStrategy.section + "trials: 1\nwarmup: 0\n"

  @Test func theOriginCountsThem() async throws {
    let bench = try Workbench()
    _ = try bench.write("big.bin", String(repeating: "0123456789", count: 150_000))
    _ = try bench.write(
      "post.yaml",
      """
      variables: { who: ada }
      workloads:
        text: { plugin: download, urls: ["${origin}/"], repeat: 6, method: [POST, PUT], body: "name=${who}&t=${env:PLANTED}" }
        file: { plugin: download, urls: ["${origin}/"], repeat: 6, method: PATCH, body_from: big.bin }
        none: { plugin: download, urls: ["${origin}/"], repeat: 6, method: POST }
        loop: { plugin: download, urls: ["${origin}/"], repeat: 6, method: POST, body: x, cooperative: false }
        self: { plugin: download, urls: ["${origin}/"], repeat: 6, method: POST, body: "${origin}" }
      """ + "\n" + Self.strategies)
    let outcome = try await bench.shell("PLANTED=bodySecret $CONCRUN post.yaml")
    #expect(outcome.exit == 0, "\(outcome.error)")
    let manifest = try bench.manifest("post")
    #expect(manifest.warnings.allSatisfy { !$0.contains("counts differ") }, "\(manifest.warnings)")
    let counts = try #require(manifest.reconciliation)
    #expect(counts.count == 6 * 7)
    let sizes = ["text": 21, "file": 1_500_000, "loop": 1]
    for counts in counts {
      let size = sizes[String(counts.cell_id.prefix { $0 != "/" })]
      if counts.cell_id.hasPrefix("self/") {
        #expect(counts.received?.clients == nil && (counts.received?.origin ?? 0) % 6 == 0)
        continue
      }
      #expect(counts.received == size.map { RunManifest.Sides(origin: 6 * $0, clients: 6 * $0) }, "\(counts.cell_id)")
    }
    let text = try String(contentsOfFile: "\(bench.folder)/results/post/latest/manifest.json", encoding: .utf8)
    #expect(!text.contains("bodySecret") && !text.contains("0123456789012"))
    #expect(text.contains("big.bin"))
  }

  @Test func anotherServerGetsThemWhole() async throws {
    let bench = try Workbench()
    let json = #"{"name": "käse", "n": [1, 2]}"#
    _ = try bench.write("body.json", json)
    _ = try bench.write(
      "echo.yaml",
      """
      workloads:
        literal:
          plugin: download
          urls: ["http://127.0.0.1:PORT/a"]
          repeat: 4
          method: PUT
          headers: { Content-Type: application/json }
          verify: body
          body: |-
            {"name": "käse", "n": [1, 2]}
        file: { plugin: download, urls: ["http://127.0.0.1:PORT/b"], repeat: 4, method: POST, body_from: body.json, verify: body }
      """ + "\n" + Self.strategies)
    let outcome = try await bench.whileRecording("$CONCRUN echo.yaml")
    #expect(outcome.exit == 0, "\(outcome.error)")
    let trials = try bench.trials("echo")
    #expect(trials.count == 14)
    #expect(trials.allSatisfy { $0.bytes == 4 * json.utf8.count })
    #expect(Set(trials.map(\.checksum)).count == 1, "the server answers with what it was sent")
    let requests = try bench.recordedRequests()
    #expect(requests.count == 14 * 4)
    for request in requests {
      #expect(request.length == json.utf8.count && request.expect == nil)
      #expect(request.method == (request.path == "/a" ? "PUT" : "POST"))
      #expect(request.type == (request.path == "/a" ? "application/json" : "application/x-www-form-urlencoded"))
    }
  }

  /// A run isn't gone on with when the file has other bytes, and a trial never sends other bytes.
  @Test func aChangedFileIsAnotherPlan() async throws {
    let bench = try Workbench()
    _ = try bench.write("body.txt", "before")
    _ = try bench.write(
      "change.yaml",
      """
      workloads: { w: { plugin: download, urls: ["${origin}/"], method: POST, body_from: body.txt } }
      strategies: { sync: , processes: { max_workers: 1 } }
      order: sequential
      trials: 2
      warmup: 0
      hooks: { before_trial: [bash, -c, "test $CONCRUN_BLOCK = 1 || echo after > body.txt"] }
      """)
    let first = try await bench.concrun("change.yaml")
    #expect(first.exit == 1)
    let errors = try bench.trials("change").map { $0.error ?? "" }
    #expect(errors.first == "")
    #expect(errors.dropFirst().allSatisfy { $0.contains("body.txt was changed after the run began") }, "\(errors)")
  }

  @Test func mistakesAreLocated() async throws {
    let bench = try Workbench()
    _ = try bench.write("b", "x")
    let text = MarkedText(
      """
      workloads:
        a: { plugin: download, urls: ["${origin}/"], body: «x» }
        b: { plugin: download, urls: ["${origin}/"], method: POST, body: «{ a: 1 }» }
        c: { plugin: download, urls: ["${origin}/"], method: POST, body: x, body_from: «b» }
        d: { plugin: download, urls: ["${origin}/"], method: POST, body_from: «nowhere» }
        e: { plugin: download, urls: ["${origin}/"], method: HEAD, body_from: «b» }
        f: { plugin: download, urls: ["${origin}/"], method: POST, body: x, headers: «{ Content-Length: 1 }» }
        g: { plugin: download, urls: ["${origin}/"], method: POST, «bodi»: x }
      strategies: { sync: }
      """)
    let outcome = try await bench.concrun("check", try bench.write("m.yaml", text.text))
    #expect(outcome.exit == 65)
    let messages = [
      "'body': a request with method GET has no body: write method: POST, PUT or PATCH",
      "'body' must be a text, and this is a mapping",
      "'body_from': there is a 'body', too, and only one of them can be sent",
      "'body_from': nowhere: No such file or directory",
      "'body_from': a request with method HEAD has no body: write method: POST, PUT or PATCH",
      "'headers': 'Content-Length' follows from the body: leave it out",
      "unknown key 'bodi' for workload 'g'",
    ]
    #expect(
      outcome.error.split(separator: "\n").filter { $0.hasPrefix("m.yaml") }
        == zip(text.places(in: "m.yaml"), messages).map { "\($0): error: \($1)" })
  }

  /// A plugin that doesn't know of bodies would send requests without one.
  @Test func pluginsThatDoNotKnowOfThemAreRefused() async throws {
    let bench = try Workbench()
    let plugin = "\(repository)/plugins/python/plugin"
    let text = MarkedText(
      """
      plugins: [\(plugin)]
      workloads: { w: { plugin: download, urls: ["${origin}/"], method: POST, body: «x» } }
      strategies: { sync: , python_sync: }
      """)
    let outcome = try await bench.concrun("check", try bench.write("p.yaml", text.text))
    #expect(outcome.exit == 65)
    #expect(
      outcome.error.contains(
        "\(text.places(in: "p.yaml")[0]): error: strategy 'python_sync' doesn't know of 'body'\n"), "\(outcome.error)")
  }
}
