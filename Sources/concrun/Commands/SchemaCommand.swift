internal import ArgumentParser
internal import ExperimentFile
internal import Model
internal import Reports

struct SchemaCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "schema", abstract: "Print the JSON Schema of experiment files, for editors.",
    discussion: """
      Editors with yaml-language-server complete, explain and check a file whose first line is \
      '# yaml-language-server: $schema=PATH', where PATH is what this command printed.
      """)

  func run() throws {
    var catalog = BuiltIn.catalog
    let found = InstalledPlugins.tellingOfSlowOnes.found(nil)
    catalog.strategies += found.strategies
    for problem in found.problems {
      Console.error("concrun: without \(problem.path), which can't be used: \(problem.reason)")
    }
    try Console.outputData(JSONText.pretty(jsonSchema(of: catalog)))
  }
}
