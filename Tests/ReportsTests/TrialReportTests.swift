import Model
import Reports
import Testing
import TimeLiterals

/// The lines of a trial with `--verbose`.
struct TrialReportTests {
  private func cell(urls: [String]?) -> Cell {
    let work =
      urls.map { urls in
        ResolvedPlugin(
          PluginDescription(.workload, "download", summary: "", requests: .init(items: ["urls"])),
          parameters: ["urls": .list(urls.map(Value.string))])
      } ?? ResolvedPlugin(PluginDescription(.workload, "null", summary: ""), parameters: [:])
    return Cell(
      id: "w/s", workload: "w", strategy: "s", levels: [], workloadPlugin: work,
      strategyPlugin: ResolvedPlugin(PluginDescription(.strategy, "sync", summary: ""), parameters: [:]))
  }

  private var trial: Trial {
    var trial = Trial(
      cellID: "w/s", workload: "w", strategy: "s", levels: [], block: 1, position: 1, trial: 1, isWarmup: false,
      startedAt: "")
    trial.measures[.wall] = 1.25
    trial.tasksOK = 2
    return trial
  }

  private func row(_ task: Int, _ failure: String? = nil) -> TaskRow {
    TaskRow(
      task: task, worker: 0, start: 1, end: 2, status: failure == nil ? .ok : .failed, failure: failure, bytes: 42)
  }

  @Test func downloadsAreToldAsTheTutorialDoes() {
    let report = TrialReport(cell(urls: ["http://127.0.0.1/a", "http://me:secret@127.0.0.1/b"]))
    #expect(
      report.text([row(0), row(1), row(2, "reset")], of: trial) == """
        Read 42 from http://127.0.0.1/a
        Read 42 from http://me:***@127.0.0.1/b
        Failed: http://127.0.0.1/a: reset
        Downloaded 2 in 1.25 seconds (w/s)

        """)
  }

  @Test func otherTasksHaveNumbers() {
    let text = TrialReport(cell(urls: nil)).text([row(0), row(1, "error")], of: trial)
    #expect(text == "Did task 0\nFailed: task 1: error\nDid 2 in 1.25 seconds (w/s)\n")
  }

  @Test func aTrialWithoutAnEndHasNoTotal() {
    var trial = trial
    trial.measures[.wall] = nil
    #expect(TrialReport(cell(urls: nil)).text([row(0)], of: trial) == "Did task 0\n")
  }
}
