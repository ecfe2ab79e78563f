import Foundation
import Results
import TestFiles
import Testing

@Suite struct RunFolderTests {
  private let output: TemporaryFolder
  private let time = "20261122T081500Z"

  init() throws {
    output = try TemporaryFolder()
  }

  private func create(at time: String, isBegun: Bool = true) throws -> RunFolder {
    let folder = try RunFolder.create(in: output.path, experiment: "scaling", at: time).folder
    if isBegun { try Data().write(to: URL(filePath: folder.journal)) }
    return folder
  }

  @Test func aTimeThatIsTakenGetsANumber() throws {
    let ids = try (1...11).map { _ in
      try RunFolder.create(in: output.path, experiment: "scaling", at: time).runID
    }
    #expect(ids == [time] + (2...11).map { "\(time)-\($0)" })
  }

  @Test func theFolderIsThere() throws {
    let (folder, runID) = try RunFolder.create(in: "\(output.path)/new/deep", experiment: "scaling", at: time)
    #expect(folder.path == "\(output.path)/new/deep/scaling/\(runID)")
    var isFolder: ObjCBool = false
    #expect(FileManager.default.fileExists(atPath: folder.path, isDirectory: &isFolder) && isFolder.boolValue)
  }

  /// Relative, so that results can be moved or mounted elsewhere.
  @Test func latestIsTheNewest() throws {
    for expected in [time, "\(time)-2", "\(time)-3"] {
      try create(at: time).becomeLatest()
      let target = try FileManager.default.destinationOfSymbolicLink(atPath: "\(output.path)/scaling/latest")
      #expect(target == expected)
    }
  }

  @Test func theNewestComesFirst() throws {
    for _ in 1...11 {
      _ = try create(at: time)
    }
    _ = try create(at: "20261122T081501Z")
    _ = try create(at: "20251231T235959Z")
    let names = RunFolder.all(in: output.path, experiment: "scaling").map { $0.path.split(separator: "/").last ?? "" }
    let numbered = (2...11).reversed().map { "\(time)-\($0)" }
    #expect(names.map(String.init) == ["20261122T081501Z"] + numbered + [time, "20251231T235959Z"])
  }

  @Test func whatHasNoJournalIsNoRun() throws {
    _ = try create(at: time, isBegun: false)
    try FileManager.default.createDirectory(atPath: "\(output.path)/scaling/notes", withIntermediateDirectories: true)
    #expect(RunFolder.all(in: output.path, experiment: "scaling").isEmpty)
    #expect(RunFolder.all(in: output.path, experiment: "another").isEmpty)
  }

  @Test func aFileInTheWay() throws {
    let path = try output.write([], to: "scaling")
    #expect(throws: OutputError.self) { try RunFolder.create(in: output.path, experiment: "scaling", at: time) }
    #expect(throws: InputError(path + "/x", "there is no such run")) { try RunFolder.locate(path + "/x") }
  }

  @Test func whatAUserMayCallARun() throws {
    _ = try create(at: "20251231T235959Z")
    let folder = try create(at: time)
    try folder.becomeLatest()
    try Data().write(to: URL(filePath: folder.trials))
    let experiment = "\(output.path)/scaling"
    #expect(try RunFolder.locate(folder.path) == folder)
    #expect(try RunFolder.locate(folder.path + "/") == folder)
    #expect(try RunFolder.locate(experiment).path == "\(experiment)/latest")
    #expect(try RunFolder.locate(experiment + "/").path == "\(experiment)/latest")
    #expect(throws: InputError.self) { try RunFolder.locate(output.path) }
  }
}
