internal import Hermetic
internal import OS

/// What became of a program.
package struct Program {
  package var isSuccess: Bool
  package var output: String
  /// The end of what it complained of.
  package var errors: String

  /// Runs it to its end.
  package static func run(_ arguments: [String]) throws -> Program {
    var process = try CapturedProcess(
      arguments, environment: environmentTexts(TestEnvironment.shared.variables), standardInput: .null(),
      keepsOutput: true)
    try process.readToEnd()
    let reason = try process.wait().reason
    return Program(isSuccess: reason.isSuccess, output: process.output.text, errors: process.errorTail.text)
  }
}
