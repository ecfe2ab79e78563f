import Foundation
import Testing

/// `concrun schema`, by a validator that isn't ours: what the repository ships is valid.
struct SchemaCommandTests {
  @Test func shippedAndDocumentedExperimentsAreValid() async throws {
    var files = try shipped("experiments") + shipped("bench") + shipped("plugins")
    #expect(files.count > 5)
    for document in try ["README.md"]
      + FileManager.default.contentsOfDirectory(atPath: "\(repository)/docs").map({ "docs/\($0)" })
    {
      files += try wholeFiles(in: document)
    }
    #expect(files.contains { $0.name.hasPrefix("README.md") })
    let found = try await problems(of: files.map(\.text))
    for (file, problems) in zip(files, found) { #expect(problems == [], "\(file.name)") }
  }

  /// With every plugin that comes with concrun.
  @Test func mistakesAreNot() async throws {
    let mistakes = [
      "strategies: { thread: }", "strategies: { threads: { max_worker: 4 } }",
      "strategies: { threads: { max_workers: many } }",
      "workloads: { web: { plugin: download } }\nstrategies: { sync: }",
      "workloads: { web: { plugin: download, urls: [a], verify: bodies } }\nstrategies: { sync: }",
      "workloads: { null: { tasks: few } }\nstrategies: { sync: }", "strategies: { sync: }\norigin: { latency: 5 }",
      "strategies: { sync: }\norigin: { latncy: 5ms }", "strategies: { sync: }\ntrails: 5",
    ]
    let fine =
      "workloads: { null: , web: { plugin: download, urls: ['${origin}/'], http_version: 2 } }\nstrategies: { sync: }"
    let found = try await problems(of: mistakes + [fine])
    for (text, problems) in zip(mistakes, found) { #expect(!problems.isEmpty, "\(text)") }
    #expect(found.last == [])
  }

  private func shipped(_ folder: String) throws -> [(name: String, text: String)] {
    try FileManager.default.subpathsOfDirectory(atPath: "\(repository)/\(folder)").filter { $0.hasSuffix(".yaml") }
      .map { ("\(folder)/\($0)", try String(contentsOfFile: "\(repository)/\(folder)/\($0)", encoding: .utf8)) }
  }

  /// The YAML blocks of a document that have strategies.
  private func wholeFiles(in document: String) throws -> [(name: String, text: String)] {
    let text = try String(contentsOfFile: "\(repository)/\(document)", encoding: .utf8)
    return text.matches(of: /(?s)```yaml\n(.*?)```/).map { ("\(document): \($0.1.prefix(40))", String($0.1)) }
      .filter { $0.1.contains(/(?m)^strategies:/) }
  }

  private func problems(of texts: [String]) async throws -> [[String]] {
    let python = "\(repository)/.venv/bin/python"
    try #require(
      FileManager.default.isExecutableFile(atPath: python),
      "there is no \(python): run the tests with 'make test', which makes it")
    let bench = try Workbench()
    // With the strategies of the plugins that are shipped.
    let schema = try await bench.shell("CONCRUN_PLUGIN_PATH='\(repository)/plugins' \"$CONCRUN\" schema")
    #expect(schema.exit == 0, "\(schema.error)")
    let files = Dictionary(uniqueKeysWithValues: texts.enumerated().map { ("\($0)", $1) })
    let request = ["schema": try JSONSerialization.jsonObject(with: Data(schema.output.utf8)), "files": files]
    let name = try bench.write(
      "request.json", String(decoding: JSONSerialization.data(withJSONObject: request), as: UTF8.self))
    let answer = try await bench.shell("'\(python)' -B '\(repository)/Tests/Support/validate.py' <\(name)")
    try #require(answer.exit == 0, "\(answer.error)")
    let found = try JSONDecoder().decode([String: [String]].self, from: Data(answer.output.utf8))
    return try texts.indices.map { try #require(found["\($0)"]) }
  }
}
