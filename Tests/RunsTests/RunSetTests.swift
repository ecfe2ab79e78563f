import Model
import Results
import Runs
import Statistics
import TestFiles
import Testing

/// Runs that are taken together, and those that aren't.
struct RunSetTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private func read(_ path: String) throws -> FinishedRun { try FinishedRun.read(path, catalog: catalog) }

  @Test func runsOfOneExperimentAreOne() throws {
    let sets = RunSet.group(try (0..<2).map { _ in try read(write(plan(), to: folder)) })
    #expect(sets.count == 1)
    #expect(sets.first?.columns.count == 36)
    #expect(sets.first?.analysis.cells.map { $0[.count] } == [12, 12, 12])
    #expect(sets.first?.remarks == [])
  }

  @Test func aRunThatIsNamedTwiceCountsOnce() throws {
    let path = try write(plan(), to: folder)
    let sets = RunSet.group([try read(path), try read("\(path)/trials.csv")])
    #expect(sets.map(\.columns.count) == [18])
  }

  @Test func otherExperimentsStayApart() throws {
    let paths = [try write(plan(), to: folder), try write(plan(experiment: "f"), to: folder)]
    #expect(RunSet.group(try paths.map(read)).map(\.experiment) == ["e", "f"])
  }

  /// The same ids, and other work: the trials can't be mixed.
  @Test(
    arguments: [
      { (plan: inout Plan) in plan.cells[1].strategyPlugin.parameters["chunk_size"] = .integer(3) },
      { $0.settings.warmupTasks = 1 }, { $0.settings.makesClaims = false }, { $0.environment = ["A": "b"] },
    ] as [@Sendable (inout Plan) -> Void])
  func runsThatMeanDifferentThingsStayApart(edit: @Sendable (inout Plan) -> Void) throws {
    let paths = [try write(plan(), to: folder), try write(plan(edit: edit), to: folder)]
    #expect(RunSet.group(try paths.map(read)).count == 2)
  }

  @Test func differentMachinesAreARemark() throws {
    let paths = [try write(plan(), to: folder), try write(plan(), to: folder, state: "killed", host: "other")]
    let set = try #require(RunSet.group(try paths.map(read)).first)
    #expect(
      set.remarks == [
        .of(path: paths[1], .incomplete(state: "killed", trials: 18)), .severalHosts(["h", "other"]),
      ])
  }

  /// An axis that only one of them has is one of the whole.
  @Test func axesAreJoined() throws {
    let one = try folder.write(table().utf8, to: "t.csv")
    let other = try folder.write(
      "cell_id,workload,strategy,size,workers,block,status,wall_s\nweb/sync/size=1,web,sync,1,1,1,ok,1\n".utf8,
      to: "t.2.csv")
    let sets = RunSet.group(try [one, other].map(read))
    #expect(sets.first?.axes.map(\.name) == ["max_workers", "size"])
    #expect(sets.first?.columns.cells.map(\.levels) == [[.integer(1), nil], [.integer(2), nil], [nil, .integer(1)]])
    let turned = RunSet.group(try [other, one].map(read))
    #expect(turned.first?.axes.map(\.name) == ["size", "max_workers"])
    #expect(
      turned.first?.columns.cells.map(\.levels) == [[.integer(1), nil], [nil, .integer(1)], [nil, .integer(2)]])
  }
}
