internal import FoundationEssentials

/// Values as JSON for people and programs.
package enum JSONText {
  /// Returns a value in several lines, keys sorted, with a line feed at the end.
  package static func pretty(_ value: some Encodable) throws -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    return String(decoding: try encoder.encode(value), as: UTF8.self) + "\n"
  }
}
