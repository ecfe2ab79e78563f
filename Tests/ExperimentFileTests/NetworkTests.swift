import MarkedText
import Model
import Results
import Testing
import YAML

@testable import ExperimentFile

/// What files say of servers: `origin:`, `arrivals:`, `allow_remote:`, and URLs.
struct NetworkTests {
  private func file(_ top: String, urls: String = "['${origin}/a', '${origin}/b']", strategies: String = "{ sync: {} }")
    -> String
  {
    """
    \(top)
    workloads: { web: { plugin: fetch, urls: \(urls) }, nap: { plugin: sleep } }
    strategies: \(strategies)

    """
  }

  @Test func cellsThatReferToTheOriginHaveItsSettings() throws {
    let plan = try plan(file("origin: { latency: 5ms }"))
    #expect(plan.cells.map(\.id) == ["web/sync", "nap/sync"])
    #expect(plan.cells[0].origin == ["latency": .number(0.005), "size": .integer(1024)])
    #expect(plan.cells[1].origin == nil)
    #expect(
      plan.cells[0].workloadPlugin?.parameters["urls"]
        == .list([.string("${origin}/a"), .string("${origin}/b")]), "the URL isn't known yet")
  }

  @Test func withoutSettingsTheOriginHasItsDefaults() throws {
    #expect(try plan(file("")).cells[0].origin == ["latency": .number(0), "size": .integer(1024)])
  }

  @Test func settingsOfTheOriginAreAxesOfWhatUsesIt() throws {
    let text = file("origin: { latency: [1ms, 2ms], size: [1KiB, 2KiB] }\nzip: [origin_latency, origin_size]")
    let plan = try plan(text)
    #expect(
      plan.cells.map(\.id) == [
        "web/sync/origin_latency=1ms,origin_size=1KiB", "web/sync/origin_latency=2ms,origin_size=2KiB", "nap/sync",
      ])
    #expect(plan.axes.prefix(2) == [Axis(name: "origin_latency", side: .work), Axis(name: "origin_size", side: .work)])
    #expect(plan.cells[1].origin == ["latency": .number(0.002), "size": .integer(2048)])
    #expect(plan.cells[1].levels[0]?.value == .number(0.002))
    #expect(plan.cells[1].baseline == 1)
  }

  @Test func aStrategyMayUseTheOriginToo() throws {
    let text = """
      origin: { latency: 1ms }
      strategies: { wrk: { plugin: program, command: [wrk, "${origin}/"] } }

      """
    #expect(try plan(text).cells[0].origin?["latency"] == .number(0.001))
    #expect(problems(text) == [])
  }

  @Test func arrivalsAreEveryWorkloads() throws {
    let cells = try plan(file("arrivals: { rate: [50/s, 600/min] }\nseed: 7", urls: "[http://127.0.0.1/]")).cells
    #expect(cells.count == 4)
    #expect(
      cells.map(\.arrivals) == [50, 10, 50, 10].map { Arrivals(rate: $0, process: .constant, seed: 7) })
    #expect(cells[0].id == "web/sync/arrivals_rate=50/s" || cells[0].id == "web/sync/arrivals_rate=50%2Fs")
  }

  @Test func aRampHasAxesOfItsOwn() throws {
    let text = file(
      """
      variables: { peak: [20, 40] }
      arrivals: { ramp: { from: [0/s, 60/min], to: "${peak}/s", over: 30s }, process: poisson }
      seed: 7
      """, urls: "[http://127.0.0.1/]")
    let plan = try plan(text)
    #expect(plan.cells.count == 8)
    let ramps = [(0.0, 20.0), (1, 20), (0, 40), (1, 40)].map {
      Arrivals(rate: $1, process: .poisson, seed: 7, ramp: Arrivals.Ramp(from: $0, over: 30))
    }
    #expect(Set(plan.cells.compactMap(\.arrivals)) == Set(ramps))
    #expect(plan.cells[0].id == "web/sync/arrivals_ramp_from=0%2Fs,peak=20")
    #expect(plan.axes.map(\.name) == ["peak", "arrivals_ramp_from", "max_workers"])
  }

  @Test func settingsOfARampHaveNames() throws {
    func cells(_ arrivals: String) throws -> Plan { try plan(file("arrivals: \(arrivals)")) }
    let named = file("arrivals: { ramp: { from: 1/s, to: 9/s, over: 2s } }\nenv: { PEAK: '${arrivals_ramp_to}' }")
    #expect(try plan(named).cells[0].environment == ["PEAK": "9/s"])
    let ramp = try cells("{ ramp: { from: 1/s, to: 9/s, over: 3s } }")
    let steady = try cells("{ rate: 9/s }")
    #expect(try cells("{ ramp: { from: 1/s, to: 9/s, over: 2s } }").digest != ramp.digest)
    #expect(try cells("{ ramp: { from: 2/s, to: 9/s, over: 3s } }").digest != ramp.digest)
    #expect(ramp.digest != steady.digest)
  }

  @Test(
    arguments: [
      ("arrivals: { ramp: { from: 1/s, «until»: 2/s, to: 2/s, over: 1s } }", "unknown key 'until' in 'ramp'"),
      ("arrivals: { ramp: «{ from: 1/s, to: 2/s }» }", "'ramp' needs 'over'"),
      ("arrivals: { ramp: { from: «1», to: 2/s, over: 1s } }", "'from' must be a rate: '1' isn't a rate"),
      ("arrivals: { ramp: { from: 1/s, to: «0/s», over: 1s } }", "'to' must be at least 0.001 /s"),
      ("arrivals: { ramp: { from: «-1/s», to: 1/s, over: 1s } }", "'from' must be at least 0 /s"),
      ("arrivals: { ramp: { from: 1/s, to: 2/s, over: «0» } }", "'over' must be at least 0.001 s"),
      ("arrivals: { ramp: { from: 1/s, to: 2/s, over: «5» } }", "'over' must be a duration"),
      ("arrivals: { ramp: { from: 1/s, to: [2/s, «2/s»], over: 5s } }", "'2/s' stands twice in 'to'"),
      ("arrivals: { ramp: «5/s» }", "'ramp' must be a mapping of settings"),
      ("arrivals: { ramp: «[{ from: 1/s, to: 2/s, over: 1s }]» }", "'ramp' must be a mapping of settings"),
      ("arrivals: { rate: 5/s, «ramp»: { from: 1/s, to: 2/s, over: 1s } }", "'arrivals' has 'rate' and 'ramp'"),
      ("arrivals: { ramp: { from: 1/s, to: 2/s, over: 1s }, «rate»: 5/s }", "'arrivals' has 'ramp' and 'rate'"),
      ("arrivals: «{ process: poisson }»", "'arrivals' needs 'rate' or 'ramp'"),
      ("arrivals: «{ «rampe»: { from: 1/s, to: 2/s, over: 1s } }»", "unknown key 'rampe' in 'arrivals'"),
    ])
  func mistakesInRamps(marked: String, words: String) {
    let text = MarkedText(file(marked, urls: "[http://127.0.0.1/]"))
    let found = load(text.text).diagnostics
    #expect(found.contains { $0.message.hasPrefix(words) }, "\(found.map(\.message))")
    #expect(Set(found.map(\.span)) == Set(text.spans), "\(found.map(\.message))")
  }

  @Test func settingsOfTheRun() throws {
    let plan = try plan(
      minimal + "max_rate: 50/s\nwarmup_tasks: 3\nrecord: tasks\nallow_remote: { hosts: [Example.com] }")
    #expect(plan.settings.maxRate == 50)
    #expect(plan.settings.warmupTasks == 3)
    #expect(plan.settings.recordsTasks)
    #expect(plan.settings.remote.hosts == ["example.com"])
    #expect(plan.settings.remote.maxRequests == nil)
  }

  @Test func urlsFromAFileBesideTheExperiment() throws {
    let text = """
      workloads: { web: { plugin: fetch, urls_from: urls.txt } }
      strategies: { sync: {} }

      """
    let result = load(text, name: "lists/test.yaml")
    let cell = try #require(result.experiments.first?.plan.cells.first)
    #expect(
      cell.workloadPlugin?.parameters["urls_from"]
        == .list([.string("http://127.0.0.1/a"), .string("http://127.0.0.1/b")]))
  }

  /// What stands in such a file is as good as what stands in the experiment's.
  @Test func linesOfAFileMayHaveReferences() throws {
    let text = """
      variables: { size: [1, 2] }
      workloads: { web: { plugin: fetch, urls_from: [templates.txt, urls.txt] } }
      strategies: { sync: {} }

      """
    let plan = try #require(load(text, name: "lists/test.yaml").experiments.first).plan
    #expect(
      plan.cells.map(\.id) == [
        "web/sync/size=1,urls_from=templates.txt", "web/sync/size=1,urls_from=urls.txt",
        "web/sync/size=2,urls_from=templates.txt", "web/sync/size=2,urls_from=urls.txt",
      ])
    #expect(plan.cells[0].origin != nil)
    #expect(plan.cells[0].workloadPlugin?.parameters["urls_from"] == .list([.string("${origin}/a?size=1")]))
  }

  @Test(
    arguments: [
      (1000, "", nil),
      (1001, "", "this run would send 1001 requests to example.com, and 1000 are allowed"),
      (1001, "allow_remote: { hosts: [other.example] }", "this run would send 1001 requests"),
      (5000, "allow_remote: { hosts: [EXAMPLE.com], max_requests: 5000 }", nil),
      (5001, "allow_remote: { hosts: [example.com], max_requests: 5000 }", "and 5000 are allowed"),
      (1_000_000, "allow_remote: { hosts: [example.com] }", nil),
      (991, "warmup_tasks: 10", "this run would send 1001 requests"),
    ])
  func requestsToOthersAreBounded(repetitions: Int, more: String, words: String?) {
    let text = """
      workloads: { big: { plugin: fetch, urls: [http://example.com/a, http://127.0.0.1/b], repeat: \(repetitions) } }
      strategies: { sync: {} }
      trials: 1
      warmup: 0
      \(more)

      """
    let found = problems(text).joined(separator: "\n")
    if let words { #expect(found.contains(words)) } else { #expect(found == "") }
  }

  /// One host, in whatever form a URL and the list have its name.
  @Test(
    arguments: ["http://bücher.example/", "http://BÜCHER.example/", "http://xn--bcher-kva.example/"],
    ["bücher.example", "Bu\u{308}cher.Example", "xn--bcher-kva.example", "other.example"])
  func hostsOfAllLanguages(url: String, host: String) {
    let text = """
      workloads: { big: { plugin: fetch, urls: ['\(url)', http://bücher.example/b], repeat: 600 } }
      strategies: { sync: {} }
      trials: 1
      warmup: 0
      allow_remote: { hosts: ['\(host)'], max_requests: 1200 }

      """
    let found = load(text).diagnostics
    guard host == "other.example" else {
      #expect(found.map(\.message) == [])
      return
    }
    let words = "this run would send 1200 requests to bücher.example (xn--bcher-kva.example), and 1000 are allowed"
    #expect(found.map(\.message) == [words])
    #expect(found.first?.hint?.contains("hosts: [bücher.example], max_requests: 1200") == true)
  }

  /// All trials of all cells are one run.
  @Test func everyTrialCounts() {
    let text = """
      workloads: { web: { plugin: fetch, urls: [http://example.com/], repeat: 100 } }
      strategies: { sync: {}, threads: { max_workers: [1, 2] } }

      """
    #expect(problems(text).joined().contains("3300 requests"))
    var overrides = Overrides()
    overrides.isQuick = true
    #expect(problems(text, overrides: overrides) == [])
  }

  @Test(
    arguments: [
      ("origin: { latenzy: 5ms }", "unknown key 'latenzy' in 'origin'"),
      ("origin: { latency: 5 }", "'latency' must be a duration"),
      ("origin: { latency: 2h }", "'latency' must be at most 3600 s"),
      ("origin: [1]", "'origin' must be a mapping"),
      ("origin: { latency: [1ms, 1ms] }", "'1ms' stands twice in 'latency'"),
      ("variables: { origin: x }", "a variable can't be called 'origin'"),
      ("variables: { origin_size: [1, 2] }", "a variable can't be called 'origin_size'"),
      ("arrivals:", "'arrivals' needs 'rate'"), ("arrivals: { process: poisson }", "'arrivals' needs 'rate'"),
      ("arrivals: { rate: 50 }", "'50' isn't a rate"),
      ("arrivals: { rate: 50/ms }", "'ms' isn't a unit of time for a rate"),
      ("arrivals: { rate: 50/s, process: uniform }", "'uniform' isn't one of them"),
      ("arrivals: { rate: 0/s }", "'rate' must be at least 0.001 /s"),
      ("allow_remote: { host: [a] }", "unknown key 'host' in 'allow_remote'"),
      ("allow_remote: { hosts: ['https://a.example/'] }", "'https://a.example/' isn't the name of a host"),
      ("allow_remote: { hosts: ['a.example:443'] }", "'a.example:443' isn't the name of a host"),
      ("allow_remote: { hosts: ['b%61.example'] }", "isn't the name of a host: '%' can't stand in a host's name"),
      ("allow_remote: { hosts: ['ü/x'] }", "'ü/x' isn't the name of a host"),
      ("allow_remote: { hosts: [\"ü\\u202e.example\"] }", "isn't the name of a host: U+202E, which nobody can see"),
      ("allow_remote: true", "'allow_remote' must be a mapping"),
      ("record: task", "'record' must be one of tasks: 'task' isn't one of them"),
      ("max_rate: fast", "'fast' isn't a rate"),
    ])
  func mistakes(top: String, words: String) {
    let found = problems(file(top)).joined(separator: "\n")
    #expect(found.contains(words), "\(found)")
  }

  @Test(
    arguments: [
      ("{ plugin: fetch }", "workload 'web' needs 'urls' or 'urls_from'"),
      ("{ plugin: fetch, urls: [http://127.0.0.1/], urls_from: urls.txt }", "only one of them can count"),
      ("{ plugin: fetch, urls_from: nowhere.txt }", "'urls_from': nowhere.txt: No such file or directory"),
      ("{ plugin: fetch, urls_from: [] }", "the axis 'urls_from' has no values"),
      ("{ plugin: sleep, share: 0.25 }", "'share': a quarter is too much"),
      ("{ plugin: sleep, share: [0.5, 25%] }", "'share': a quarter is too much"),
    ])
  func mistakesOfWorkloads(workload: String, words: String) {
    let found = problems("workloads: { web: \(workload) }\nstrategies: { sync: {} }\n").joined(separator: "\n")
    #expect(found.contains(words), "\(found)")
  }

  @Test func anOriginThatNothingUsesIsWorthAWarning() {
    #expect(problems(minimal + "origin: { latency: 1ms }").joined().contains("nothing uses the origin"))
  }
}
