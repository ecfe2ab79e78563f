import Model
import Testing
import YAML

@testable import ExperimentFile

/// `${name}` in every text of a file, and what can't be a name there.
struct TemplateTests {
  private func environments(_ text: String) throws -> [[String: String]] {
    try plan(text).cells.map(\.environment)
  }

  @Test func eachCellHasItsOwnEnvironment() throws {
    let plan = try plan(
      """
      variables: { lib: [a, b], name: x }
      workloads: { nap: { plugin: sleep, duration: 5ms } }
      strategies: { sync: , threads: { max_workers: [1, 8] } }
      env: { OMP_NUM_THREADS: "${max_workers}", LIB: "${lib}-${duration}", NAME: "${name}", TEXT: "$${lib}", SIZE: "${size}" }
      """)
    // What is the same for all stands once, where hooks of the run find it, too.
    #expect(plan.environment == ["NAME": "x", "TEXT": "${lib}"])
    #expect(plan.cells.count == 6, "the variable is an axis of everything")
    #expect(plan.cells[0].id == "nap/sync/lib=a")
    #expect(plan.cells[0].environment == ["OMP_NUM_THREADS": "1", "LIB": "a-5ms", "SIZE": "0"])
    #expect(plan.cells[5].id == "nap/threads/lib=b,max_workers=8")
    #expect(plan.cells[5].environment == ["OMP_NUM_THREADS": "8", "LIB": "b-5ms", "SIZE": "0"])
  }

  @Test func hooksAroundTrialsAreThoseOfTheirCell() throws {
    let plan = try plan(
      """
      variables: { who: me }
      workloads: { nap: { plugin: sleep } }
      strategies: { threads: { max_workers: [1, 2] } }
      hooks: { before_run: [echo, "${who}", "$${who}"], before_trial: [set, "${max_workers}"], after_trial: [unset] }
      """)
    #expect(plan.hooks.commands == [.beforeRun: ["echo", "me", "${who}"], .afterTrial: ["unset"]])
    #expect(plan.cells.map(\.hooks.commands) == [[.beforeTrial: ["set", "1"]], [.beforeTrial: ["set", "2"]]])
  }

  /// Where both plugins have a parameter of this name, its column says which is meant.
  @Test func aParameterOfBothSidesIsNamedByItsColumn() throws {
    let text = """
      workloads: { w: { plugin: chunky, chunk_size: 2 } }
      strategies: { threads: { chunk_size: 3, max_workers: 1 } }
      env: { A: "${strategy_chunk_size}", B: "${workload_chunk_size}" }
      """
    #expect(try environments(text) == [["A": "3", "B": "2"]])
    let ambiguous = problems(text.replacing("strategy_chunk_size", with: "chunk_size"))
    #expect(ambiguous == ["'chunk_size' is a parameter of both 'threads' and 'w'"])
  }

  @Test func theOriginIsThereForAllTexts() throws {
    let plan = try plan(
      minimal
        + "origin: { latency: [1ms, 2ms] }\nenv: { URL: '${origin}/x', T: '$${origin}', L: '${origin_latency}' }\n"
        + "hooks: { before_run: [curl, '${origin}'] }")
    #expect(plan.cells.map(\.id) == ["nap/sync/origin_latency=1ms", "nap/sync/origin_latency=2ms"])
    #expect(plan.cells[1].environment == ["URL": "${origin}/x", "L": "2ms"])
    #expect(plan.cells[1].origin?["latency"] == .number(0.002))
    #expect(plan.environment == ["T": "$${origin}"], "it is escaped until the server is known")
    #expect(plan.hooks.commands[.beforeRun] == ["curl", "${origin}"])
  }

  @Test func textsOfTheWholeFileHaveVariablesWithOneValue() throws {
    let plan = try plan(
      """
      variables: { k: 3, s: sync, big: 8, t: 2s, gone: nap }
      description: "${k} of $${k}"
      workloads: { nap: { plugin: sleep }, more: { plugin: sleep, tasks: { from: 1, to: "${big}", factor: 2 } } }
      strategies: { sync: , other: { plugin: "${s}" } }
      baseline: "${s}"
      trials: { count: "${k}" }
      warmup: "${k}"
      timeout: "${t}"
      exclude: [{ workload: "${gone}" }, { tasks: ">${k}" }]
      """)
    #expect(plan.description == "3 of ${k}")
    #expect(plan.settings.trials == 3)
    #expect(plan.settings.warmup == 3)
    #expect(plan.settings.timeout == 2)
    #expect(plan.baseline == "sync")
    #expect(
      plan.cells.map(\.id) == ["more/sync/tasks=1", "more/sync/tasks=2", "more/other/tasks=1", "more/other/tasks=2"])
  }

  @Test func settingsOfTheOriginAndArrivalsMayBeVariables() throws {
    let plan = try plan(
      """
      variables: { lat: [1, 20], rate: [10, 20], k: 4 }
      workloads: { get: { plugin: fetch, urls: ["${origin}/"] } }
      strategies: { sync: }
      origin: { latency: "${lat}ms", size: "${k}KiB" }
      arrivals: { rate: "${rate}/s" }
      """)
    #expect(plan.cells.map(\.id).first == "get/sync/lat=1,rate=10")
    #expect(plan.cells.map { $0.origin?["latency"]?.number } == [0.001, 0.001, 0.02, 0.02])
    #expect(plan.cells.allSatisfy { $0.origin?["size"] == .integer(4096) })
    #expect(plan.cells.map(\.arrivals?.rate) == [10, 20, 10, 20])
  }

  @Test func theNameOfAFileMayBeAVariable() throws {
    let text = """
      variables: { list: [urls, templates], size: 5 }
      workloads: { get: { plugin: fetch, urls_from: "${list}.txt" } }
      strategies: { sync: }
      """
    let result = load(text, name: "lists/test.yaml")
    #expect(result.diagnostics.map(\.message) == [])
    #expect(
      result.experiments.first?.plan.cells.map(\.requestItems) == [
        [.string("http://127.0.0.1/a"), .string("http://127.0.0.1/b")], [.string("${origin}/a?size=5")],
      ])
  }

  /// Whether or not another `${…}` is near.
  @Test(arguments: [
    ("$${x}", "${x}"), ("a$${PIPESTATUS[0]}b", "a${PIPESTATUS[0]}b"), ("$${", "${"), ("$$${x}", "$${x}"),
    ("$${x} ${who}", "${x} me"), ("${who}$${x}", "me${x}"), ("$5 $$ $x", "$5 $$ $x"), ("$${origin}", "$${origin}"),
  ])
  func anEscapedReferenceIsAText(written: String, meant: String) throws {
    let plan = try plan(
      "variables: { who: me }\nworkloads: { w: { plugin: sleep, names: ['\(written)', '${who}'] } }\nstrategies: { sync: }"
    )
    #expect(plan.cells[0].workloadPlugin?.parameters["names"] == .list([.string(meant), .string("me")]))
  }

  @Test func aVariableMayHoldAnEscapedReference() throws {
    let plan = try plan(
      "variables: { v: ['$${a}', '$${origin}'] }\nworkloads: { w: { plugin: sleep, names: ['${v}'] } }\n"
        + "strategies: { sync: }")
    #expect(
      plan.cells.map { $0.workloadPlugin?.parameters["names"]?.list } == [[.string("${a}")], [.string("$${origin}")]])
  }

  /// Each with the text that the message points to.
  @Test(arguments: [
    ("env: { A: '${nix}' }", "nothing is called 'nix'"), ("env: { A: '${a' }", "'${' without a '}'"),
    ("hooks: { before_trial: [a, '${nix}'] }", "nothing is called 'nix'"),
    ("hooks: { after_run: [a, '${nix}'] }", "nothing is called 'nix'"),
    ("hooks: { before_run: [a, '${tasks}'] }", "'tasks' isn't the same in all cells"),
    ("hooks: { before_run: [a, '${k}'] }\nvariables: { k: [1, 2] }", "'k' isn't the same in all cells"),
    ("hooks: { before_run: [a, '${origin}'] }", "no cell uses the origin"),
    ("description: 'a ${nix}'", "nothing is called 'nix'"), ("trials: '${nix}'", "nothing is called 'nix'"),
    ("timeout: '${max_workers}'", "isn't the same in all cells"), ("order: '${nix}'", "nothing is called 'nix'"),
    ("origin: { size: '${nix}' }", "nothing is called 'nix'"), ("env: { A: '${chunk_size}' }", "have no 'chunk_size'"),
    ("arrivals: { rate: '${nix}/s' }", "nothing is called 'nix'"),
    ("exclude: [{ tasks: '${nix}' }]", "nothing is called 'nix'"), ("zip: [a, '${nix}']", "nothing is called 'nix'"),
    ("allow_remote: { hosts: ['${nix}'] }", "nothing is called 'nix'"),
    ("env: { A: '${fairr}' }", "nothing is called 'fairr'"),
  ])
  func unknownNamesAreLocated(line: String, words: String) throws {
    let text = "workloads: { w: { plugin: sleep }, v: { plugin: chunky } }\nstrategies: { sync: }\n" + line
    let found = try #require(load(text).diagnostics.first { $0.message.contains(words) }, "\(problems(text))")
    #expect(found.span?.start.line == 3)
    #expect(load(text).hasErrors)
    if line.contains("fairr") { #expect(found.hint == "did you mean 'fair'?") }
  }

  /// Messages quote what the file has, not what was made of it.
  @Test func messagesQuoteTheFile() {
    let text = """
      variables: { k: [1, 2x], f: { from: 0.5, to: 1.5, step: 0.5 } }
      workloads: { w: { plugin: sleep, size: "${k}KiB", tasks: "${f}" } }
      strategies: { sync: }
      """
    #expect(
      problems(text) == [
        "'size' must be a size, and '${k}KiB' isn't where k is 2x",
        "'tasks' must be an integer, and '${f}' isn't where f is 0.5",
        "'tasks' must be an integer, and '${f}' isn't where f is 1.5",
      ])
    #expect(
      problems("workloads: { w: { plugin: sleep, tasks: [1_000, 1e3] } }\nstrategies: { sync: }") == [
        "'1e3' stands twice in 'tasks'"
      ])
  }

  /// Cells of the same id would be one in the results.
  @Test func levelsThatBecomeEqualAreAnError() {
    let found = problems(
      "variables: { a: 4, b: 4 }\nworkloads: { w: { plugin: sleep, tasks: ['${a}', '${b}'] } }\nstrategies: { sync: }")
    #expect(found.contains { $0.contains("two levels of 'tasks' are the same") })
  }
}
