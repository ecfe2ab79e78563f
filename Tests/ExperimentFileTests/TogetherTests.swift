import Model
import Testing
import YAML

@testable import ExperimentFile

/// All problems of a file are reported together, and none of them twice in other words.
struct TogetherTests {
  @Test func oneMistakeHidesNoOther() {
    let text = """
      descripton: x
      variables: { bad: [[1]], num: 01 }
      workloads: { get: { plugin: fetch }, w: { plugin: sleep, tasks: x, duration: 5, size: "${bad}" }, '/': { plugin: sleep } }
      strategies: 5
      trials: many
      zip: [a]
      exclude: [{ workload: nobody }]
      env: { A: "${nix}", B: "${num}" }
      hooks: { before: [x] }
      origin: { latency: fast }
      """
    #expect(
      problems(text) == [
        "unknown key 'descripton'", "'bad' must be a text, and this is a list",
        "'01' has a leading zero, which some read as octal",
        "workload 'get' needs 'urls' or 'urls_from'", "'tasks' must be an integer: 'x' isn't a whole number",
        "'duration' must be a duration: '5' is a duration without a unit",
        "'/' can't be a label: letters, digits and _ first, then also blanks, - + and .",
        "'strategies' must be a mapping of labels, or a list of names, and this is a single value",
        "'trials' must be an integer: 'many' isn't a whole number", "'zip' needs two different axes or more",
        "no workload is called 'nobody'", "unknown hook 'before'",
        "'latency' must be a duration: 'fast' isn't a duration",
      ])
  }

  /// Each file has one mistake.
  @Test(arguments: [
    (
      "workloads: { nap: { plugin: sleep } }\nstrategies: { thread: { max_workers: [1, 2] } }\nbaseline: thread\n"
        + "sweep: { chunk_size: [1, 2] }\nexclude: [{ strategy: thread, chunk_size: 2 }]", "unknown strategy 'thread'"
    ),
    (
      "variables: { k: [1, 1] }\nworkloads: { nap: { plugin: sleep, tasks: '${k}' } }\nstrategies: [sync]\n"
        + "exclude: [{ k: 1 }]", "'1' stands twice in 'k'"
    ),
    (
      "variables: { k: { from: 1 } }\nworkloads: { nap: { plugin: sleep, tasks: '${k}' } }\nstrategies: [sync]\n"
        + "exclude: [{ k: 1 }]\nenv: { K: '${k}' }\ndescription: '${k}'",
      "the range of 'k' needs 'from' and 'to'"
    ),
    (
      "workloads: { nap: { plugin: sleep, tasks: { from: 1 } } }\nstrategies: [sync]\nexclude: [{ tasks: 1 }]",
      "the range of 'tasks' needs 'from' and 'to'"
    ),
    (
      "variables: { k: 3 }\nworkloads: { nap: { plugin: slep, tasks: '${k}' } }\nstrategies: [sync]\n"
        + "exclude: [{ workload: nap }]", "unknown workload 'slep'"
    ),
    ("workloads: { nap: { plugin: sleep, duration: '${a b}' } }\nstrategies: [sync]", "'a b' isn't a variable's name"),
    ("workloads: { nap: 5 }\nstrategies: [sync]", "workload 'nap' must be a mapping of parameters"),
    ("strategies: { program: }\norigin: { latency: 1ms }", "strategy 'program' needs 'command'"),
    (
      "workloads: { nap: { plugin: fetch } }\nstrategies: [sync]\nenv: { A: '${repeat}' }",
      "workload 'nap' needs 'urls' or 'urls_from'"
    ),
    (
      "workloads: { nap: { plugin: sleep, names: ['${nix}'] } }\nstrategies: [sync]\nvariables: { k: [1, 2] }\nzip: [k, nix]",
      "nothing is called 'nix'"
    ),
  ])
  func aMistakeIsReportedOnce(text: String, words: String) {
    let found = problems(text)
    if text.contains("zip: [k, nix]") {
      #expect(found.contains { $0.contains(words) })
    } else {
      #expect(found.count == 1, "\(found)")
      #expect(found.first?.contains(words) == true)
    }
  }

  /// Each condition is tried once for each level; this must be what trying it for each cell gives.
  @Test(arguments: 0..<40) func exclusionsAreWhatTheyAreOneByOne(seed: UInt64) throws {
    var state = seed &* 0x9e37_79b9_7f4a_7c15 | 1
    func random(_ bound: Int) -> Int {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int(state >> 33) % bound
    }
    let operators = ["", "!=", "<", ">=", "="]
    let rules = (0..<70).map { _ -> String in
      var parts: [String] = []
      if random(3) > 0 { parts.append("tasks: \"\(operators[random(5)])\(1 + random(5))\"") }
      if random(3) == 0 {
        parts.append("max_workers: [\"\(operators[random(2)])\(1 + random(3))\", \"\(1 + random(3))\"]")
      }
      if random(4) == 0 { parts.append("strategy: \(["sync", "\"!=threads\""][random(2)])") }
      return parts.isEmpty ? "{ workload: b, tasks: 1 }" : "{ \(parts.joined(separator: ", ")) }"
    }
    let text = """
      workloads: { a: { plugin: sleep, tasks: [1, 2, 3, 4, 5] }, b: { plugin: sleep, tasks: [1, 2] }, c: { plugin: chunky } }
      strategies: { sync: , threads: { max_workers: [1, 2, 3] } }
      """
    let all = try plan(text)
    for rule in rules {
      let result = load("\(text)\nexclude: [\(rule)]")
      guard let found = result.experiments.first?.plan else { continue }
      let decoded = try #require(try exclusion(rule))
      let expected = all.cells.filter { cell in
        !decoded.allSatisfy { $0.holds(for: cell, axes: all.axes) == true }
      }
      #expect(found.cells.map(\.id) == expected.map(\.id), "\(rule)")
    }
    let together = load("\(text)\nexclude: [\(rules.joined(separator: ", "))]")
    let decoded = try rules.map { try #require(try exclusion($0)) }
    let expected = all.cells.filter { cell in
      !decoded.contains { $0.allSatisfy { $0.holds(for: cell, axes: all.axes) == true } }
    }
    #expect((together.experiments.first?.plan.cells ?? []).map(\.id) == expected.map(\.id))
  }

  private func exclusion(_ rule: String) throws -> [Condition]? {
    let node = try parse(Source(name: "rule", bytes: Array("[\(rule)]".utf8))).root
    let reader = ValueReader(log: DiagnosticLog(secrets: SecretLog(environment: [:])), readFile: { _ in [] })
    return ExclusionDecoder(reader: reader).decode(node).first?.conditions
  }
}
