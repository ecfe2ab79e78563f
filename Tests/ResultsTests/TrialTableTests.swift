import Model
import Results
import Testing
import TrialRows

@Suite struct TrialTableTests {
  private let run = RunIdentity(runID: "20261122T081500Z", experiment: "scaling", host: "box")

  /// CONTRACT, "trials.csv", word for word.
  @Test func theHeaderOfTrials() {
    let table = TrialTable(axes: ["max_workers", "size"], metrics: ["lost_updates", "hits"])
    #expect(
      table.header.joined(separator: ", ") == """
        run_id, experiment, host, cell_id, workload, strategy, \
        max_workers, size, \
        workers, block, position, trial, warmup, attempt, started_at, status, error, \
        tasks, tasks_ok, tasks_failed, bytes, checksum, \
        wall_s, setup_s, teardown_s, observed_s, cpu_user_s, cpu_system_s, max_process_rss_bytes, \
        voluntary_switches, involuntary_switches, origin_cpu_s, tasks_per_s, bytes_per_s, \
        task_p50_s, task_p90_s, task_p99_s, task_max_s, response_p50_s, response_p99_s, response_max_s, \
        loop_stall_max_s, occupancy, cpu_utilization, lower_bound_s, ideal_s, overhead_ratio, \
        lost_updates, hits
        """)
  }

  /// CONTRACT, "summary.csv", word for word, and beside that what open loops add to the group of latencies, the intervals
  /// that claims are made by, and a program's metrics.
  @Test func theHeaderOfSummaries() {
    let table = SummaryTable(experiment: "scaling", axes: ["max_workers"], metrics: ["hits"])
    #expect(
      table.header.joined(separator: ", ") == """
        experiment, cell_id, workload, strategy, max_workers, workers, n, n_failed, n_outliers, \
        wall_median_s, wall_ci_low_s, wall_ci_high_s, wall_mean_s, wall_sd_s, wall_mad_s, wall_min_s, wall_max_s, \
        wall_p25_s, wall_p75_s, wall_cv, tasks_per_s, bytes_per_s, cpu_median_s, max_process_rss_median_bytes, \
        task_p50_s, task_p99_s, occupancy, response_p50_s, response_p99_s, \
        speedup_vs_baseline, speedup_vs_baseline_ci_low, speedup_vs_baseline_ci_high, \
        speedup_vs_one_worker, speedup_vs_one_worker_ci_low, speedup_vs_one_worker_ci_high, efficiency, recommended, \
        speedup_vs_baseline_simultaneous_ci_low, speedup_vs_baseline_simultaneous_ci_high, \
        n_retried, hits
        """)
  }

  @Test(arguments: [[], ["max_workers"], ["max_workers", "size", "workload_x"]], [[], ["lost_updates"], ["a", "b"]])
  func aHeaderIsReadBack(axes: [String], metrics: [String]) {
    let table = TrialTable(axes: axes, metrics: metrics)
    #expect(TrialTable(header: table.header) == table)
  }

  private func line(_ trial: Trial, axes: [String], metrics: [String]) -> String {
    let table = TrialTable(axes: axes, metrics: metrics)
    return String(decoding: CSV.line(table.row(trial, of: run).map(\.description)), as: UTF8.self)
  }

  @Test func whatIsMissingIsEmpty() {
    let trial = Trial(
      cellID: "web/sync", workload: "web", strategy: "sync", levels: [nil], block: 1, position: 2, trial: 1,
      isWarmup: false, startedAt: "2026-11-22T08:15:00.000Z", metrics: [nil])
    let measures = String(repeating: ",", count: 25)
    #expect(
      line(trial, axes: ["max_workers"], metrics: ["hits"])
        == "20261122T081500Z,scaling,box,web/sync,web,sync,,,1,2,1,false,1,2026-11-22T08:15:00.000Z,ok,,,,,,"
        + "\(measures),\n")
  }

  /// Seconds and bytes as they are, all digits, never rounded to a unit.
  @Test(arguments: [
    (0.0, "0"), (1, "1"), (0.1, "0.1"), (1e-9, "1e-09"), (1234567.891, "1234567.891"), (5_368_709_120, "5368709120"),
    (0.30000000000000004, "0.30000000000000004"), (1e16, "1e+16"), (-0.5, "-0.5"),
  ])
  func numbersAreNeverScaled(number: Double, text: String) {
    var trial = Trial(
      cellID: "c", workload: "w", strategy: "s", levels: [], block: 1, position: 1, trial: 1, isWarmup: true,
      startedAt: "", metrics: [number])
    trial.measures[.wall] = number
    let fields = line(trial, axes: [], metrics: ["m"]).dropLast().split(
      separator: ",", omittingEmptySubsequences: false)
    #expect(fields.last.map(String.init) == text)
    #expect(fields[20] == text)
    #expect(Double(text) == number)
  }

  @Test(arguments: [Double.nan, .infinity, -.infinity]) func whatIsNoNumberIsMissing(number: Double) {
    var measures = Measures()
    measures[.wall] = number
    #expect(measures[.wall] == nil)
  }

  @Test func aLineBreakInAnErrorIsABlank() throws {
    var trial = Trial(
      cellID: "c", workload: "w", strategy: "s", levels: [], block: 1, position: 1, trial: 1, isWarmup: false,
      startedAt: "")
    trial.error = "first,\r\n\"second\""
    let text = line(trial, axes: [], metrics: [])
    #expect(text.contains(",\"first,  \"\"second\"\"\","))
    let bytes = CSV.line(TrialTable(axes: [], metrics: []).header) + Array(text.utf8)
    #expect(try TrialTable.read(bytes, path: "t").trials.map(\.error) == ["first,  \"second\""])
  }
}
