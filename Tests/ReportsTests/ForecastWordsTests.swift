import Model
import Reports
import Runs
import Testing

/// How long a run may take, in words.
struct ForecastWordsTests {
  private func sentence(
    known: Int = 3, unknown: Int = 0, _ seconds: ClosedRange<Double> = 12...12, budget: Double? = nil
  )
    -> String
  {
    Forecast(knownCells: known, unknownCells: unknown, seconds: seconds, budget: budget, runID: "20261125T000000Z")
      .sentence
  }

  @Test func withoutARunNothingIsKnown() {
    #expect(sentence(known: 0) == "time: unknown until the first block has run")
    #expect(sentence(known: 0, budget: 60) == "time: at most 1 min: the budget")
  }

  @Test func anEarlierRunTells() {
    #expect(sentence() == "time: about 12 s, by the run 20261125T000000Z")
    #expect(sentence(unknown: 1) == "time: about 12 s, by the run 20261125T000000Z, and 1 cell that it didn't have")
    #expect(sentence(12...80) == "time: about 12 s to 1 min 20 s, by the run 20261125T000000Z")
  }

  @Test func aBudgetCountsWhereItIsShorter() {
    #expect(sentence(12...80, budget: 90) == "time: about 12 s to 1 min 20 s, by the run 20261125T000000Z")
    let text = sentence(12...80, budget: 60)
    #expect(text == "time: at most 1 min: the budget; without it about 12 s to 1 min 20 s, by the run 20261125T000000Z")
  }
}
