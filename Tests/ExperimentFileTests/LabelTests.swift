import Model
import Testing

@testable import ExperimentFile

/// Names that users give, and the short form of lists of names.
struct LabelTests {
  @Test(arguments: ["a", "größe eins", "日本", "_x+y.z-1", "Ωmega 2", "हिन्दी", "é", "e\u{301}", "名 前"])
  func labels(text: String) throws {
    #expect(Label.objection(to: text) == nil)
    let cell = try plan("workloads: { '\(text)': { plugin: sleep } }\nstrategies: { '\(text)': { plugin: sync } }")
      .cells[0]
    #expect(cell.workload == text)
    let id = CellID(cell.id)
    #expect(id.workload == text)
    #expect(id.strategy == text)
    #expect(!cell.id.contains(" "))
  }

  @Test(arguments: [
    "", " a", "a ", "a/b", "a,b", "a=b", "a\tb", "a\nb", "-a", ".a", "a\u{202e}b", "a\u{a0}b", "a%b", "\u{301}a",
    "a\"b",
    "a'b", "(a)", String(repeating: "x", count: 65), String(repeating: "日", count: 67),
  ])
  func notLabels(text: String) {
    #expect(Label.objection(to: text) != nil)
  }

  @Test(arguments: [
    ("[sync, threads]", ["nap/sync", "nap/threads/max_workers=5"]),
    ("[sync, { threads: { max_workers: 4 } }]", ["nap/sync", "nap/threads/max_workers=4"]),
    ("[{ sync: , four: { plugin: threads, max_workers: 4 } }]", ["nap/sync", "nap/four/max_workers=4"]),
    ("\n  - sync\n  - threads:\n      max_workers: 2", ["nap/sync", "nap/threads/max_workers=2"]),
  ])
  func namesAlone(strategies: String, expected: [String]) throws {
    #expect(try ids("workloads: { nap: { plugin: sleep } }\nstrategies: \(strategies)") == expected)
  }

  @Test func aMissingValueIsTheWorkloadOfThatName() throws {
    #expect(problems("workloads: [null]\nstrategies: [sync]") == ["unknown workload 'null'"])
    #expect(problems("workloads: [~]\nstrategies: [sync]") == ["unknown workload 'null'"])
  }

  @Test func overridesReachIntoLists() throws {
    var overrides = Overrides()
    overrides.set = ["strategies.threads.max_workers=3"]
    #expect(
      try ids("workloads: [sleep]\nstrategies: [sync, threads]", overrides: overrides) == [
        "sleep/sync", "sleep/threads/max_workers=3",
      ])
  }

  @Test(arguments: [
    ("[sync, sync]", "'sync' stands twice in 'strategies'"), ("[sync, [a]]", "must be a name"),
    ("[sync, '']", "must be a name"), ("5", "must be a mapping of labels, or a list of names"), ("[]", "no strategies"),
    ("[sync, thread]", "unknown strategy 'thread'"),
  ])
  func mistakes(strategies: String, words: String) {
    let found = problems("workloads: [sleep]\nstrategies: \(strategies)")
    #expect(found.count == 1)
    #expect(found.first?.contains(words) == true)
  }
}
