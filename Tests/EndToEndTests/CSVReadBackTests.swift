import Foundation
import Testing

/// The CSV of a run of the built program, read by pandas, DuckDB and SQLite.
struct CSVReadBackTests {
  @Test func otherProgramsReadAllOfIt() async throws {
    let python = "\(repository)/.venv/bin/python"
    let isThere = FileManager.default.isExecutableFile(atPath: python)
    try #require(isThere, "there is no \(python): run the tests with 'make test', which makes it")

    let bench = try Workbench()
    let folder = "\(repository)/Tests/EndToEndTests/ReadBack"
    let run = try await bench.concrun("\(folder)/readback.yaml", "--quiet")
    #expect(run.exit == 1, "one of its strategies fails, on purpose: \(run.error)")
    let readback = try await bench.shell("'\(python)' -B '\(folder)/readback.py' results/readback/latest")
    #expect(readback.exit == 0, "\(readback.error)")
  }
}
