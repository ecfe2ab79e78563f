import Model
import Results
import Runs
import Statistics
import TestFiles
import Testing

/// Runs, read back from their files.
struct FinishedRunTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private func read(_ path: String) throws -> FinishedRun { try FinishedRun.read(path, catalog: catalog) }

  @Test func theManifestTellsWhatTrialsLeaveOut() throws {
    let run = try read(write(plan(), to: folder))
    #expect(run.experiment == "e")
    #expect(run.baseline == "sync")
    #expect(run.cells.map(\.id) == plan().cells.map(\.id))
    #expect(run.cells.map(\.baseline) == Array(repeating: "web/sync", count: 3))
    #expect(run.cells.map(\.parallelism) == [.oneThread, .threadPerWorker, .threadPerWorker])
    #expect(run.cells.map(\.sendsRequests) == [true, true, true])
    #expect(run.columns.count == 18)
    #expect(run.remarks == [])
  }

  @Test func aRunIsTheSameByEveryPath() throws {
    let path = try write(plan(), to: folder)
    let all = try [path, path + "/", "\(path)/trials.csv", "\(folder.path)/e"].map { try read($0).identity }
    #expect(Set(all).count == 1)
  }

  @Test func anInterruptedRunSaysSo() throws {
    let run = try read(write(plan(), to: folder, state: "interrupted by SIGINT"))
    #expect(run.remarks == [.incomplete(state: "interrupted by SIGINT", trials: 18)])
  }

  @Test func aTableAloneIsComparedWithSync() throws {
    let run = try read(folder.write(table().utf8, to: "some.table.csv"))
    #expect(run.manifest == nil)
    #expect(run.experiment == "some")
    #expect(run.baseline == "sync")
    #expect(run.cells.map(\.baseline) == ["web/sync/max_workers=1", "web/sync/max_workers=1"])
    #expect(run.cells.map(\.parallelism) == [.oneThread, .threadPerWorker])
    #expect(run.hosts == ["h"])
  }

  @Test func aTableWithoutSyncHasNoBaseline() throws {
    let text = table(strategies: [("a", 1), ("b", 2)])
    let run = try read(folder.write(text.utf8, to: "t.csv"))
    #expect(run.baseline == nil)
    #expect(run.cells.map(\.parallelism) == [.unknown, .unknown])
  }

  @Test func aCutLineIsARemark() throws {
    let run = try read(folder.write(table().utf8.dropLast(3), to: "t.csv"))
    #expect(run.remarks == [.cutShort])
    #expect(run.columns.count == 11)
  }

  @Test func aManifestOfAnotherVersionIsARemark() throws {
    let path = try write(plan(), to: folder)
    _ = try folder.write("{}".utf8, to: String(path.dropFirst(folder.path.count)) + "/manifest.json")
    let run = try read(path)
    #expect(run.remarks == [.unreadableManifest])
    #expect(run.manifest == nil)
  }

  /// A manifest that lies beside other trials isn't theirs.
  @Test func theManifestOfOtherTrialsIsLeftAlone() throws {
    let path = try write(plan(), to: folder)
    _ = try folder.write(
      table(strategies: [("x", 1)]).utf8, to: String(path.dropFirst(folder.path.count)) + "/trials.csv")
    #expect(try read(path).manifest == nil)
  }

  @Test func aMissingRunIsAnError() {
    #expect(throws: InputError.self) { try read("\(folder.path)/nothing") }
    #expect(throws: InputError.self) { try read(folder.path) }
  }
}
