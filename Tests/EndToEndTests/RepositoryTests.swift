import Foundation
import Testing

/// What the repository ships is true.
struct RepositoryTests {
  @Test(arguments: ["experiments", "experiments/concepts", "experiments/python", "bench"])
  func shippedExperimentsAreValid(folder: String) async throws {
    let outcome = try await Workbench().concrun("check", "\(repository)/\(folder)")
    #expect(outcome.exit == 0)
    // But on a busy machine a plugin may take its time to say what it is.
    let told = outcome.error.split(separator: "\n").filter { !$0.hasPrefix("concrun: waiting for ") }
    #expect(told.isEmpty, "not even a warning")
  }

  /// The plot of the README, drawn by the very line that stands there.
  @Test func theReadmesPlotIsDrawn() async throws {
    let bench = try Workbench()
    let readme = try String(contentsOfFile: "\(repository)/README.md", encoding: .utf8)
    let command = try #require(readme.split(separator: "\n").first { $0.hasPrefix("gnuplot ") })
    let run = try await bench.concrun(
      "\(repository)/experiments/scaling.yaml", "--quiet", "--trials", "6", "--warmup", "0", "--only",
      "workload=web", "--set", "workloads.web.repeat=2", "--set", "origin.latency=1ms")
    #expect(run.exit == 0)
    let plot = try await bench.shell(String(command))
    #expect(plot.exit == 0)
    #expect(plot.error == "")
    let picture = try Data(contentsOf: URL(filePath: "\(bench.folder)/scaling.png"))
    #expect(picture.starts(with: [0x89, 0x50, 0x4e, 0x47]))
    #expect(picture.count > 5000)
  }
}
