import MarkedText
import Model
import Testing

@testable import ExperimentFile

/// `trials: { count: 10, precision: 5%, max: 50, budget: 10min }`
struct TrialsTests {
  private func settings(_ trials: String) throws -> RunSettings { try plan(minimal + "trials: \(trials)").settings }

  @Test func theWholeOfIt() throws {
    let settings = try settings("{ count: 12, precision: 5%, max: 50, budget: 10min }")
    #expect(settings.blocks == 12...50)
    #expect(settings.precision == 0.05)
    #expect(settings.budget == 600)
  }

  @Test func aNumberIsFixed() throws {
    #expect(try settings("7").blocks == 7...7)
    #expect(try settings("{ count: 7 }").blocks == 7...7)
    #expect(try settings("{}").blocks == 10...10)
    #expect(try settings("{ count: 7, budget: 90s }").blocks == 7...7)
  }

  @Test(arguments: [
    ("{ precision: 5% }", 10...100), ("{ count: 3, precision: 5% }", 10...100),
    ("{ count: 200, precision: 5% }", 200...200), ("{ precision: 1, max: 10 }", 10...10),
  ])
  func whatIsNotSaid(trials: String, blocks: ClosedRange<Int>) throws {
    #expect(try settings(trials).blocks == blocks)
  }

  @Test func aPlanCountsTheLeastAndTheMost() throws {
    let plan = try plan(minimal + "trials: { precision: 5%, max: 50 }\nwarmup: 2")
    #expect(plan.trialCount == 12)
    #expect(plan.trialCounts == 12...52)
  }

  @Test(arguments: [
    ("{ «precison»: 5% }", "unknown key 'precison' in 'trials'"),
    ("{ precision: «0» }", "'precision' must be above 0 and at most 1"),
    ("{ precision: «0%» }", "'precision' must be above 0 and at most 1"),
    ("{ precision: «101%» }", "isn't between 0 and 1"),
    ("{ precision: 5% , max: «9» }", "'max' must be at least 10"),
    ("{ count: 20, precision: 5%, max: «12» }", "'max' must be at least 20"),
    ("{ «max»: 20 }", "'max' needs 'precision'"),
    ("{ count: 5, «max»: 20 }", "'max' needs 'precision'"),
    ("{ precision: 5%, max: «many» }", "'max' must be an integer"),
    ("{ budget: «10» }", "a duration without a unit"),
    ("{ budget: «0s» }", "'budget' must be at least 0.001 s"),
  ])
  func mistakes(trials: String, words: String) throws {
    let text = MarkedText(minimal + "trials: \(trials)")
    let found = load(text.text).diagnostics
    #expect(found.map(\.span) == text.spans)
    #expect(try #require(found.first).message.contains(words))
  }

  @Test func cellAfterCellHasNoBlocks() {
    let text = MarkedText(minimal + "order: sequential\ntrials: { «precision»: 5%, «budget»: 1min }")
    let found = load(text.text).diagnostics
    #expect(
      found.map(\.message) == [
        "'precision' needs whole blocks, and 'order: sequential' has none",
        "'budget' needs whole blocks, and 'order: sequential' has none",
      ])
    #expect(found.map(\.span) == text.spans)
    #expect(problems(minimal + "order: sequential\ntrials: { count: 4 }") == [])
  }

  @Test func requestsAreCountedForTheLongestRun() {
    let text = """
      workloads: { web: { plugin: fetch, urls: ["http://example.com/"] } }
      strategies: { sync: }
      warmup: 0
      """
    #expect(problems("\(text)\ntrials: { precision: 5%, max: 1000 }") == [])
    #expect(
      problems("\(text)\ntrials: { precision: 5%, max: 1001 }").first?
        .contains("would send 1001 requests to example.com") == true)
  }
}
