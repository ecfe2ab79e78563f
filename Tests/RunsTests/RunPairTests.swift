import Model
import Results
import Runs
import Statistics
import TestFiles
import Testing

/// Two runs beside each other.
struct RunPairTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private func pair(_ base: String, _ new: String, floor: RunPair.MachineFloor? = nil) throws -> RunPair {
    let runs = try [base, new].map { try FinishedRun.read($0, catalog: catalog) }
    return RunPair(base: runs[0], new: runs[1], threshold: 0.05, floor: floor)
  }

  @Test func aSlowerCellIsARegression() throws {
    let base = try write(plan(), to: folder)
    let new = try write(plan(), to: folder) { $0 == 1 ? 2 : 1 / Double($0 + 1) }
    let pair = try pair(base, new)
    #expect(pair.cells.map(\.verdict) == [.same, .worse, .same])
    #expect(pair.regressions == 1)
    #expect(pair.circumstances == [])
  }

  @Test func cellsOfOneRunOnlyAreNamed() throws {
    let fewer = plan { $0.cells.removeLast() }
    let pair = try pair(write(plan(), to: folder), write(fewer, to: folder))
    #expect(pair.onlyBase == ["web/threads/max_workers=2"])
    #expect(pair.onlyNew == [])
    #expect(pair.cells.count == 2)
  }

  @Test func aCellWithOtherParametersIsNotCompared() throws {
    let other = plan { $0.cells[1].strategyPlugin.parameters["chunk_size"] = .integer(3) }
    let pair = try pair(write(plan(), to: folder), write(other, to: folder))
    #expect(pair.changed == [.init(cellID: "web/threads/max_workers=1", differences: ["chunk_size: none → 3"])])
    #expect(pair.cells.count == 2)
  }

  @Test func othersMayBeTheDifference() throws {
    let pair = try pair(
      write(plan(), to: folder),
      write(plan(), to: folder, host: "i") {
        $0.machine.kernel = "6.12"
        $0.machine.effectiveCores = 4
        $0.versions["concrun"] = "0.2.0"
      })
    #expect(
      pair.circumstances == ["machine: h → i", "kernel: 6.1 → 6.12", "cores: 2 → 4", "concrun: 0.1.0 → 0.2.0"])
  }

  /// The floor of a run's own manifest counts more than what this machine says now; another machine's doesn't count.
  @Test func theFloorIsThatOfTheMachine() throws {
    let (base, new) = (try write(plan(), to: folder), try write(plan(), to: folder))
    #expect(try pair(base, new).limits.betweenRuns == nil)
    #expect(try pair(base, new, floor: .init(host: "h", betweenRuns: 0.2)).limits.betweenRuns == 0.2)
    #expect(try pair(base, new, floor: .init(host: "other", betweenRuns: 0.2)).limits.betweenRuns == nil)
    let known = try write(plan(), to: folder, edit: { $0.machine.betweenRunFloor = 0.1 })
    #expect(try pair(base, known, floor: .init(host: "h", betweenRuns: 0.2)).limits.betweenRuns == 0.1)
  }

  @Test func commitsAreKnownWhereBothAre() throws {
    func git(_ commit: String, isDirty: Bool) -> (inout Manifest.Sitting) -> Void {
      { $0.git = Manifest.GitRecord(commit: commit, isDirty: isDirty) }
    }
    let base = try write(plan(), to: folder, edit: git("0123456789abcdef", isDirty: false))
    let new = try write(plan(), to: folder, edit: git("fedcba9876543210", isDirty: true))
    let commits = try pair(base, new).commits
    #expect(commits?.base == "012345678")
    #expect(commits?.new == "fedcba987 (changed)")
    #expect(try pair(base, write(plan(), to: folder)).commits == nil)
  }
}
