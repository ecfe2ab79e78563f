import TestFiles
import Testing
import YAML

@testable import concrun

/// The files that paths of the command line lead to.
struct InputFilesTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private func files(_ names: String...) -> InputFiles {
    InputFiles(names.map { "\(folder.path)/\($0)" }, commands: ["plan", "summary"])
  }

  @Test func aFolderMeansItsExperiments() throws {
    for name in ["b.yaml", "a.yml", "c.txt", ".hidden.yaml"] { _ = try folder.write([], to: name) }
    let files = InputFiles([folder.path], commands: [])
    #expect(files.sources.map { $0.name.split(separator: "/").last } == ["a.yml", "b.yaml"])
    #expect(files.problems == [])
  }

  @Test func aFileCountsOnce() throws {
    _ = try folder.write("x".utf8, to: "a.yaml")
    #expect(files("a.yaml", "./a.yaml").sources.count == 1)
  }

  @Test func everyProblemIsTold() throws {
    let files = files("missing.yaml", ".")
    #expect(files.sources.isEmpty)
    #expect(files.problems.count == 2)
    #expect(files.problems[0].hasSuffix("missing.yaml: there is no such file or folder"))
    #expect(files.problems[1].hasSuffix("there is no *.yaml or *.yml file in this folder"))
  }

  @Test func aCommandMayHaveBeenMeant() {
    let files = InputFiles(["sumary"], commands: ["plan", "summary"])
    #expect(files.problems == ["sumary: there is no such file or folder; did you mean 'concrun summary'?"])
  }

  @Test func aDeviceIsNoFile() {
    #expect(InputFiles(["/dev/null"], commands: []).problems == ["/dev/null: isn't a file"])
  }
}
