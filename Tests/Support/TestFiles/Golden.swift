internal import Foundation

/// Returns a text that was recorded earlier, from the folder `Golden` beside the test's file.
///
/// With CONCRUN_RECORD=1 in the environment, the text that the test has now is recorded instead. The test then fails,
/// since what is returned is another text: a recording is to be looked at.
///
/// - Parameters:
///   - name: of the file.
///   - text: what the test has now.
package func golden(_ name: String, _ text: String, beside file: String = #filePath) throws -> String {
  let path = URL(filePath: file).deletingLastPathComponent().appending(path: "Golden/\(name)")
  guard ProcessInfo.processInfo.environment["CONCRUN_RECORD"] == "1" else {
    return try String(contentsOf: path, encoding: .utf8)
  }
  try Data(text.utf8).write(to: path)
  return "recorded \(name): look at it, and run the test again"
}
