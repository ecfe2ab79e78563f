import Foundation
import Model
import PluginKit
import Strategies
import Testing
import Workloads

/// Adding a plugin is one file and one line in the list beside it; this notices when either is forgotten.
struct RegistryTests {
  @Test(arguments: [
    ("Strategies", "Strategy", builtInStrategies.map { "\($0)" }),
    ("Workloads", "Workload", builtInWorkloads.map { "\($0)" }),
  ])
  func theListIsTheFolder(folder: String, suffix: String, types: [String]) throws {
    let sources = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../../Sources/\(folder)")
    let files = try FileManager.default.contentsOfDirectory(atPath: sources.path)
      .filter { $0.hasSuffix("\(suffix).swift") }.map { String($0.dropLast(".swift".count)) }
    #expect(files.sorted() == types.sorted())
  }

  /// README has a table of strategies and one of workloads.
  @Test func everyPluginIsInTheREADME() throws {
    let readme = try String(
      contentsOf: URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../../README.md"),
      encoding: .utf8)
    for plugin in builtInStrategies.map({ $0.description }) + builtInWorkloads.map({ $0.description }) {
      #expect(readme.contains("\n| `\(plugin.name)` |"), "\(plugin.name) has no line in a table of README.md")
    }
  }

  @Test func namesAreUniqueAndSummariesAreSentences() {
    let all = builtInStrategies.map { $0.description } + builtInWorkloads.map { $0.description }
    #expect(Set(all.map(\.name)).count == all.count)
    for plugin in all {
      #expect(plugin.summary.hasSuffix("."), "\(plugin.name)")
      #expect(plugin.parameters.allSatisfy { $0.help.hasSuffix(".") }, "\(plugin.name)")
    }
  }
}
