import Model
import Reports
import Runs
import TestFiles
import Testing

/// Plans, as `concrun plan` prints them.
struct PlanReportTests {
  private func plan(cells: Int, experiment: String = "scaling", description: String? = "How far?") -> Plan {
    let threads = PluginDescription(.strategy, "threads", summary: "")
    let sleep = ResolvedPlugin(PluginDescription(.workload, "sleep", summary: ""), parameters: ["tasks": .integer(2)])
    let all = (0...cells).map { index in
      Cell(
        id: "nap/threads/max_workers=\(index + 1)", workload: "nap", strategy: "threads",
        levels: [Level(.integer(index + 1))], workloadPlugin: sleep,
        strategyPlugin: ResolvedPlugin(threads, parameters: [ParameterName.maxWorkers: .integer(index + 1)]),
        baseline: index < cells ? 0 : nil)
    }
    return Plan(
      experiment: experiment, description: description, axes: [Axis(name: ParameterName.maxWorkers, side: .strategy)],
      cells: Array(all.dropLast()), excluded: [ExcludedCell(all[cells], reason: "exclude[0]")], baseline: "threads")
  }

  private func report(_ plans: [Plan]) throws -> PlanReport { PlanReport(plans, output: try TemporaryFolder().path) }

  private func text(_ write: ((String) -> Void) -> Void) -> [String] {
    var pieces: [String] = []
    write { pieces.append($0) }
    return pieces
  }

  @Test func aPlanInAllFormats() throws {
    let report = try report([plan(cells: 2), plan(cells: 1, experiment: "other", description: nil)])
    let table = text { report.text(to: $0) }.joined()
    #expect(try table == golden("plan.txt", table))
    let csv = text { report.csv(to: $0) }.joined()
    #expect(try csv == golden("plan.csv", csv))
    let json = try JSONText.pretty(report.json)
    #expect(try json == golden("plan.json", json))
  }

  /// A million cells are never one text.
  @Test func longPlansComeInPieces() throws {
    let report = try report([plan(cells: 2500)])
    let pieces = text { report.text(to: $0) }
    #expect(pieces.map { $0.split(separator: "\n").count }.max() == 1000)
    #expect(pieces.joined().split(separator: "\n").count == 2 + 2500 + 1 + 1 + 1)
  }

  @Test func anotherMatrixHasAnotherHeader() throws {
    var other = plan(cells: 1, experiment: "other")
    other.axes.insert(Axis(name: "size", side: .work), at: 0)
    other.cells[0].levels.insert(nil, at: 0)
    other.excluded = []
    let report = try report([plan(cells: 1), other])
    let lines = text { report.csv(to: $0) }.joined().split(separator: "\n")
    #expect(lines.filter { $0.hasPrefix("experiment,") }.count == 2)
    #expect(lines.last == "other,nap/threads/max_workers=1,nap,threads,,1,nap/threads/max_workers=1,")
  }

  private struct Full: Error {}

  @Test func whereNothingCanBeWrittenItStops() throws {
    let report = try report([plan(cells: 2500)])
    var pieces = 0
    #expect(throws: Full.self) {
      try report.text { _ throws(Full) in
        pieces += 1
        if pieces == 2 { throw Full() }
      }
    }
    #expect(pieces == 2)
  }
}
