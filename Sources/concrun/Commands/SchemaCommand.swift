internal import ArgumentParser
internal import ExperimentFile

struct SchemaCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "schema", abstract: "Print the JSON Schema of experiment files, for editors.",
    discussion: """
      Editors with yaml-language-server complete, explain and check a file whose first line is \
      '# yaml-language-server: $schema=PATH', where PATH is what this command printed.
      """)

  func run() throws {
    try Console.output(JSONText.pretty(jsonSchema(of: BuiltIn.catalog)))
  }
}
