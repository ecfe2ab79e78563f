import Foundation
import Model
import Testing

/// `concrun new NAME`
struct NewCommandTests {
  @Test func theFilePassesAndRuns() async throws {
    let bench = try Workbench()
    let made = try await bench.concrun("new", "mine")
    #expect(made.exit == 0)
    #expect(made.output == "mine.yaml is made. Next: concrun mine.yaml --quick\n")
    let check = try await bench.concrun("check", "mine.yaml")
    #expect(check.exit == 0)
    #expect(check.error == "", "not even a warning")
    // Small numbers: tests are built without optimisation.
    let run = try await bench.concrun("mine.yaml", "--quick", "--quiet", "--set", "workloads.sums.start=1000")
    #expect(run.exit == 0)
    let trials = try bench.trials("mine")
    #expect(trials.count > 30)
    #expect(trials.allSatisfy { $0.status == .ok })
  }

  /// Whatever is commented out can be switched on.
  @Test func everyLineThatIsOffCanBeOn() async throws {
    let bench = try Workbench()
    _ = try await bench.concrun("new", "mine")
    let lines = try String(contentsOfFile: "\(bench.folder)/mine.yaml", encoding: .utf8)
      .split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    let isOff = try Regex("^ *#[a-z_]+:")
    let off = lines.indices.filter { lines[$0].firstMatch(of: isOff) != nil }
    #expect(off.count > 10)
    for index in off {
      var changed = lines
      changed[index] = lines[index].replacing("#", with: "", maxReplacements: 1)
      let name = try bench.write("on\(index).yaml", changed.joined(separator: "\n"))
      let check = try await bench.concrun("check", name)
      #expect(check.exit == 0, "\(lines[index]): \(check.error)")
    }
  }

  @Test func whereItGoes() async throws {
    let bench = try Workbench()
    try FileManager.default.createDirectory(atPath: "\(bench.folder)/experiments", withIntermediateDirectories: true)
    try FileManager.default.createDirectory(atPath: "\(bench.folder)/other", withIntermediateDirectories: true)
    for (name, path) in [
      ("mine", "experiments/mine.yaml"), ("v1.2", "experiments/v1.2.yaml"), ("here.yml", "here.yml"),
      ("other/x", "other/x.yaml"), ("./y.yaml", "y.yaml"),
    ] {
      #expect(try await bench.concrun("new", name).exit == 0)
      #expect(FileManager.default.fileExists(atPath: "\(bench.folder)/\(path)"), "\(name)")
    }
    let files = try FileManager.default.subpathsOfDirectory(atPath: bench.folder)
    #expect(files.count == 7, "and nothing else: \(files)")
  }

  @Test func nothingIsOverwritten() async throws {
    let bench = try Workbench()
    let name = try bench.write("mine.yaml", "precious")
    let outcome = try await bench.concrun("new", "mine")
    #expect(outcome.exit == 73)
    #expect(outcome.error == "concrun: can't make mine.yaml: it is there already; choose another name\n")
    #expect(try String(contentsOfFile: "\(bench.folder)/\(name)", encoding: .utf8) == "precious")
    #expect(try await bench.concrun("new", "nowhere/mine").exit == 73)
  }

  @Test(arguments: ["", "a=b", "-x", "dir/", ".yaml", "a/b=c.yml", "ü!"])
  func badNamesAreWrongUsage(name: String) async throws {
    let bench = try Workbench()
    #expect(try await bench.concrun("new", "--", name).exit == 64)
    #expect(try FileManager.default.contentsOfDirectory(atPath: bench.folder) == [])
  }
}
