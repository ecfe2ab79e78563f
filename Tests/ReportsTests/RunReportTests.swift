import Model
import Reports
import Runs
import TestFiles
import Testing

/// Reports on runs that were read back: summaries and comparisons.
struct RunReportTests {
  private let folder: TemporaryFolder
  private let catalog = Catalog(
    strategies: [
      PluginDescription(.strategy, "sync", summary: "", parallelism: .oneThread),
      PluginDescription(.strategy, "threads", summary: "", parallelism: .threadPerWorker),
    ], workloads: [])

  init() throws { folder = try TemporaryFolder() }

  /// A table of two kinds of work by two strategies; `threads` takes so many seconds.
  private func run(_ name: String, threads: Double, last: String = "threads") throws -> FinishedRun {
    var text = "experiment,host,cell_id,workload,strategy,size,max_workers,workers,block,status,wall_s\n"
    for block in 1...8 {
      for size in ["1KiB", "a|b"] {
        let rows = [("sync", "", 1.0), ("threads", "2", threads), (last, "4", threads / 2)]
        for (strategy, workers, seconds) in rows {
          let id = "web/\(strategy)/\(workers.isEmpty ? "" : "max_workers=\(workers),")size=\(size)"
          text += "scaling,h,\"\(id)\",web,\(strategy),\(size),\(workers),\(workers.isEmpty ? "1" : workers),\(block),"
          text +=
            "\(block == 3 && strategy == "sync" ? "timeout," : "ok,\(seconds * (1 + 0.001 * Double(block * block % 7)))")\n"
        }
      }
    }
    return try FinishedRun.read(folder.write(text.utf8, to: name), catalog: catalog)
  }

  /// The folder is another one each time.
  private func text(_ text: String) -> String { text.replacing(folder.path, with: "FOLDER") }

  @Test func aSummaryInAllFormats() throws {
    let set = try #require(RunSet.group([run("a.csv", threads: 0.6)]).first)
    let report = SummaryReport(set)
    let table = text(report.result.text)
    #expect(try table == golden("summary.txt", table))
    let json = try text(JSONText.pretty(report.json))
    #expect(try json == golden("summary.json", json))
    let csv = SummaryReport.csv([set])
    #expect(try csv == golden("summary.csv", csv))
  }

  @Test func severalRunsAreOneTable() throws {
    let sets = RunSet.group([try run("a.csv", threads: 0.6), try run("b.csv", threads: 0.6)])
    #expect(SummaryReport(sets[0]).result.text.contains("scaling, 2 runs together: web"))
  }

  @Test func aComparisonInAllFormats() throws {
    let base = try run("a.csv", threads: 0.6)
    let new = try run("b.csv", threads: 0.8, last: "async")
    let pair = RunPair(base: base, new: new, threshold: 0.05, floor: .init(host: "h", betweenRuns: 0.1))
    let report = ComparisonReport(pair)
    let table = text(report.text)
    #expect(try table == golden("comparison.txt", table))
    let markdown = text(report.markdown)
    #expect(try markdown == golden("comparison.md", markdown))
    let json = try text(JSONText.pretty(report.json))
    #expect(try json == golden("comparison.json", json))
  }

  @Test func anUnknownFloorIsAWarning() throws {
    let run = try run("a.csv", threads: 0.6)
    let report = ComparisonReport(RunPair(base: run, new: run, threshold: 0.05, floor: nil))
    #expect(report.text.hasPrefix("warning: nobody knows what two runs of the same differ by on this machine"))
  }
}
