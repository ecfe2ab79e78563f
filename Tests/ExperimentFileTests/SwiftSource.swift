import Foundation
import Testing

/// A Swift file of the room ExperimentFile, as far as `PhaseTests` understands it.
struct SwiftSource {
  let path: String
  /// The names of the types that it declares at its outermost level.
  let types: Set<String>
  /// All identifiers and keywords outside of comments and texts.
  let words: Set<String>

  /// The folder, or nothing for a file that ties the phases together.
  var folder: String { path.contains("/") ? String(path.prefix { $0 != "/" }) : "" }

  init(path: String, text: String) {
    self.path = path
    var scanner = CodeScanner(rest: text[...])
    let code = scanner.code()
    types = Set(code.split(whereSeparator: \.isNewline).compactMap(Self.declaredType))
    words = Set(Self.words(of: code[...]).map(String.init))
  }

  /// All files of the room.
  static let all = Result {
    let room = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../../Sources/ExperimentFile")
      .standardized.path
    let names = try #require(FileManager.default.enumerator(atPath: room)).compactMap { $0 as? String }
    let paths = names.filter { $0.hasSuffix(".swift") }.sorted()
    try #require(!paths.isEmpty)
    return try paths.map { SwiftSource(path: $0, text: try String(contentsOfFile: "\(room)/\($0)", encoding: .utf8)) }
  }

  private static func words(of code: Substring) -> [Substring] {
    code.split(omittingEmptySubsequences: true) { !$0.isLetter && !$0.isNumber && $0 != "_" }
  }

  private static let keywords: Set = ["struct", "enum", "class", "protocol", "actor", "typealias"]

  /// The type that a line without indentation declares.
  private static func declaredType(by line: Substring) -> String? {
    guard line.first?.isWhitespace == false else { return nil }
    let words = words(of: line)
    guard let keyword = words.firstIndex(where: { keywords.contains(String($0)) }) else { return nil }
    return words.dropFirst(keyword + 1).first.map(String.init)
  }
}

/// A scanner that leaves only code: neither comments nor texts, but what is interpolated into texts.
private struct CodeScanner {
  var rest: Substring

  /// - Parameter isInterpolated: the code ends at the bracket that closes it.
  mutating func code(isInterpolated: Bool = false) -> String {
    var code = ""
    var depth = 0
    while let character = rest.first {
      switch character {
      case "/" where rest.hasPrefix("//"): rest = rest.drop { !$0.isNewline }
      case "/" where rest.hasPrefix("/*"): rest = rest[(rest.firstRange(of: "*/")?.upperBound ?? rest.endIndex)...]
      case "\"", "#":
        if let opening = rest.prefixMatch(of: /(#*)(?:"""|")/) {
          rest = rest[opening.range.upperBound...]
          code += text(after: opening.output.0, signs: opening.output.1)
          continue
        }
        code.append(rest.removeFirst())
      default:
        if character == "(" { depth += 1 }
        if character == ")" { depth -= 1 }
        if isInterpolated, depth < 0 { return code }
        code.append(rest.removeFirst())
      }
    }
    return code
  }

  /// Skips a text, and returns the code that is interpolated into it.
  private mutating func text(after opening: Substring, signs: Substring) -> String {
    let closing = String(opening.dropFirst(signs.count) + signs)
    let interpolation = "\\\(signs)("
    var code = " "
    while let character = rest.first {
      if character == "\"", rest.hasPrefix(closing) { break }
      if character == "\\", rest.hasPrefix(interpolation) {
        rest = rest.dropFirst(interpolation.count)
        code += self.code(isInterpolated: true) + " "
      } else {
        rest = rest.dropFirst(character == "\\" && signs.isEmpty ? 2 : 1)
      }
    }
    rest = rest.dropFirst(closing.count)
    return code
  }
}
