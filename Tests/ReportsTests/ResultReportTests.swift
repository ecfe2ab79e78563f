import Model
import Reports
import Statistics
import TestFiles
import Testing

/// The tables and sentences of a run, from statistics that are made up.
struct ResultReportTests {
  private var cells: [Summary] {
    [
      summary("sync", wall: 1.6), summary("threads", workers: 1, wall: 1.62),
      summary("threads", workers: 4, wall: 0.42), summary("threads", workers: 16, wall: 0.41),
      summary("async", size: "64 KiB", workers: 4, wall: 0.5), summary("sync", size: "64 KiB", wall: 2),
    ]
  }

  @Test func aRunHasTablesAndSentences() throws {
    let report = report(cells, warnings: [.outliers(count: 1, trials: 60)])
    #expect(try report.text == golden("result.txt", report.text))
    #expect(try report.markdown == golden("result.md", report.markdown))
  }

  @Test func metricsAreColumns() throws {
    var rows = [summary("sync", wall: 1.6), summary("threads", workers: 4, wall: 0.4)]
    rows[0].metrics = [nil, 12]
    rows[1].metrics = [0.0021, 1_234_567]
    let report = report(rows, metrics: ["parse_s", "lost_updates"])
    #expect(try report.text == golden("metrics.txt", report.text))
  }

  @Test func anOpenLoopIsAboutLatencies() throws {
    let rows = [1, 4].map { workers in
      summary("threads", workers: workers, wall: 1) {
        $0[.taskP50] = 0.005
        $0[.taskP99] = 0.01
        $0[.responseP50] = 0.006
        $0[.responseP99] = 0.2 / Double(workers)
      }
    }
    #expect(try report(rows).text == golden("open_loop.txt", report(rows).text))
  }

  @Test func aRunWithoutTrialsSaysSo() {
    #expect(report([]).text == "\nscaling: no trials yet\n\n")
  }

  private func sentence(_ rows: [Summary], baseline: String? = "sync", makesClaims: Bool = true) -> String {
    let lines = report(rows, baseline: baseline, makesClaims: makesClaims).text.split(separator: "\n")
    return lines.last { $0.contains("fastest") || $0.contains("no strategy") }.map(String.init) ?? ""
  }

  @Test func aFailedCellIsNeverTheFastest() {
    let rows = [summary("sync", wall: 1.6), summary("threads", workers: 4, wall: nil)]
    #expect(sentence(rows).contains("fastest of those without failures: sync"))
    #expect(sentence([rows[1], rows[1]]) == "  web, size 1KiB: no strategy got through without failures.")
  }

  @Test func anIntervalThatHoldsOneMayBeChance() {
    let rows = [
      summary("sync", wall: 1.6), summary("threads", workers: 4, wall: 1.5) { $0[.speedupSimultaneousLow] = 0.9 },
    ]
    #expect(sentence(rows).contains("which may be chance"))
    let without = [
      summary("sync", wall: 1.6), summary("threads", workers: 4, wall: 1.5) { $0[.speedupSimultaneousLow] = nil },
    ]
    #expect(sentence(without).contains("but there is no interval: that may be chance"))
  }

  @Test func quickRunsMakeNoClaim() {
    #expect(sentence(cells, makesClaims: false).hasSuffix("No claim is made with --quick."))
  }

  @Test func withoutABaselineNothingIsCompared() {
    #expect(sentence(cells, baseline: nil).contains("by the medians alone"))
  }

  @Test func theBaselineItselfMayBeTheFastest() {
    let rows = [summary("sync", wall: 1.6), summary("threads", workers: 4, wall: 1.7)]
    #expect(sentence(rows).contains("fastest: sync, 1.60 s, but 1 of the others may be as fast"))
  }

  @Test func moreWorkersThanTasksAreShownAsSuch() {
    #expect(report(cells).text.contains("16 (8)"))
  }
}
