import Foundation
import Model
import Testing

/// Secrets planted wherever a file may have them, and a search for them in all that concrun writes and prints.
struct SecretTests {
  /// Each in a place of its own; all but the last have 8 bytes or more.
  private static let planted = [
    "environ-Secret1", "env-Secret-22", "header-Secret3", "plugin-Secret4", "url-Secret-55", "proxy-Secret66",
    "query-Secret77", "hook-Secret-88", "variable-Secret9", "line-Secret-10", "argument-Secret11", "set-Secret-12",
    "s13",
  ]

  private func bench() throws -> Workbench {
    let bench = try Workbench()
    _ = try bench.write("urls.txt", "http://me:line-Secret-10@127.0.0.1:1/\n")
    _ = try bench.write(
      "s.yaml",
      """
      description: Nothing of environ-Secret1 is seen.
      plugins: [\(repository)/Tests/EndToEndTests/Plugins/guarded.py]
      variables: { v: variable-Secret9 }
      workloads:
        null:
        web:
          plugin: download
          urls: ["${origin}/p?api_key=query-Secret77", "http://me:url-Secret-55@127.0.0.1:1/"]
          headers: { Authorization: "Bearer header-Secret3", X-Session-Token: "${v}", X-Short-Key: s13 }
        proxied: { plugin: download, urls: ["http://127.0.0.1:1/"], proxy: "http://me:proxy-Secret66@127.0.0.1:1" }
        lines: { plugin: download, urls_from: urls.txt }
      strategies:
        sync:
        guarded: { pin: plugin-Secret4 }
        tool:
          plugin: program
          command: [bash, -c, "echo $0 $1 $FROM; echo \\"$API_TOKEN $FROM ${env:PLANTED} $1\\" >&2; exit 3", -H, "Cookie: argument-Secret11"]
      exclude: [{ strategy: guarded, workload: [web, proxied, lines] }]
      env: { API_TOKEN: env-Secret-22, FROM: "${env:PLANTED}", SET_KEY: replaced, PLAIN: in-plain-sight }
      hooks:
        before_run: [bash, -c, "echo $API_TOKEN $FROM $SET_KEY; echo $0", "http://h/?token=hook-Secret-88"]
        after_trial: [bash, -c, "echo $FROM >&2; test $CONCRUN_CELL_ID != null/sync"]
      trials: 2
      warmup: 0
      record: tasks
      """)
    return bench
  }

  private static let set = ["--set", "env.SET_KEY=set-Secret-12"]

  private func concrun(_ bench: Workbench, _ arguments: String..., planted: String = "environ-Secret1") async throws
    -> Workbench.Outcome
  {
    let words = arguments.map { "'\($0)'" }.joined(separator: " ")
    return try await bench.shell("PLANTED=\(planted) $CONCRUN \(words)")
  }

  private func expectNone(_ text: String, _ place: String) {
    for secret in Self.planted {
      #expect(!text.contains(secret), "\(secret) in \(place)")
      let encoded = Data(secret.utf8).base64EncodedString()
      #expect(secret.count < 8 || !text.contains(encoded), "\(secret) in Base64 in \(place)")
    }
  }

  @Test func secretsAreNowhere() async throws {
    let bench = try bench()
    let set = Self.set
    let outcomes = [
      ("check", try await concrun(bench, "check", "s.yaml", set[0], set[1])),
      ("plan", try await concrun(bench, "plan", "s.yaml", set[0], set[1])),
      ("plan csv", try await concrun(bench, "plan", "s.yaml", "--format", "csv", set[0], set[1])),
      ("plan json", try await concrun(bench, "plan", "s.yaml", "--format", "json", set[0], set[1])),
      ("run", try await concrun(bench, "s.yaml", "--verbose", set[0], set[1])),
      ("compare", try await concrun(bench, "compare", "results/s", "results/s", "--format", "json")),
      ("summary", try await concrun(bench, "summary", "results/s", "--format", "json")),
      ("timeline", try await concrun(bench, "timeline", "results/s", "--cell", "null/sync")),
    ]
    for (name, outcome) in outcomes { expectNone(outcome.output + outcome.error, name) }
    #expect(outcomes.map(\.1.exit).prefix(5) == [0, 0, 0, 0, 1], "\(outcomes[0].1.error) \(outcomes[4].1.error)")
    #expect(outcomes[3].1.output.contains("${secret:api_key}"))

    let run = "\(bench.folder)/results/s/latest"
    let files = try FileManager.default.contentsOfDirectory(atPath: run).sorted()
    #expect(
      files == [
        "experiment.yaml", "hooks.log", "journal.jsonl", "manifest.json", "summary.csv", "tasks.csv", "timeline.json",
        "trials.csv",
      ])
    for file in files where file != "experiment.yaml" {
      expectNone(try String(contentsOfFile: "\(run)/\(file)", encoding: .utf8), file)
    }
    let original = try String(contentsOfFile: "\(bench.folder)/s.yaml", encoding: .utf8)
    #expect(try String(contentsOfFile: "\(run)/experiment.yaml", encoding: .utf8) == original)
    for file in ["experiment.yaml", "hooks.log"] {
      let mode = try FileManager.default.attributesOfItem(atPath: "\(run)/\(file)")[.posixPermissions] as? Int
      #expect(mode == 0o600, "\(file)")
    }
    let manifest = try String(contentsOfFile: "\(run)/manifest.json", encoding: .utf8)
    #expect(manifest.contains("in-plain-sight") && manifest.contains("${env:PLANTED}"))
    #expect(manifest.contains("env.SET_KEY=***"))

    // Whoever got a secret got the real one.
    let trials = try bench.trials("s")
    let guarded = try #require(trials.first { $0.cellID == "null/guarded" })
    #expect(guarded.error?.contains("14 bytes: *** ***") == true, "\(guarded.error ?? "")")
    #expect(trials.first { $0.cellID == "program/tool" }?.error == "bash: exit status 3: *** *** *** Cookie: ***")
    let tasks = try String(contentsOfFile: "\(run)/tasks.csv", encoding: .utf8)
    #expect(tasks.contains("web/sync,1,1,0,0,,"))
  }

  @Test func aRotatedSecretGoesOn() async throws {
    let bench = try Workbench()
    func file(_ token: String) throws {
      _ = try bench.write(
        "r.yaml",
        """
        strategies:
          tool: { plugin: program, command: [bash, -c, "test -e go || { touch first; sleep 3600.\(bench.mark); }"] }
        env: { API_TOKEN: \(token), FROM: "${env:PLANTED}" }
        trials: 1
        warmup: 0
        """)
    }
    try file("one-Secret")
    _ = try await bench.shell(
      "PLANTED=one $CONCRUN r.yaml & pid=$!; until test -e first; do sleep 0.05; done; kill -TERM $pid; wait $pid")
    _ = try bench.write("go", "")
    try file("another-Secret")
    let resumed = try await concrun(bench, "r.yaml", "--resume", planted: "two")
    #expect(resumed.exit == 0, "\(resumed.error)")
    #expect(try bench.trials("r").count == 1)
    #expect(try FileManager.default.contentsOfDirectory(atPath: "\(bench.folder)/results/r").count == 2)
  }

  @Test func aVariableThatIsMissingIsNamed() async throws {
    let bench = try Workbench()
    _ = try bench.write(
      "m.yaml", "workloads: { w: { plugin: 'null' } }\nstrategies: { sync: }\nenv: { A: \"${env:NO_SUCH}\" }")
    let outcome = try await bench.concrun("check", "m.yaml")
    #expect(outcome.exit == 65)
    #expect(outcome.error.hasPrefix("m.yaml:3:11: error: the environment variable 'NO_SUCH' isn't set\n"))
  }
}
