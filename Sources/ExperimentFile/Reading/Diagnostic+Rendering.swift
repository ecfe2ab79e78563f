internal import Model
internal import YAML

extension Diagnostic {
  /// Returns the place, the message, the line of the source, and a mark under the place with the hint beside it.
  ///
  ///     scaling.yaml:17:15: error: unknown key 'max_worker' for strategy 'threads'
  ///       17 |   threads: { max_worker: [1, 2] }
  ///          |              ^~~~~~~~~~ did you mean 'max_workers'?
  ///
  /// - Parameter emphasize: puts colour on the word `error` or `warning` where there is colour.
  package func rendered(emphasize: (Severity) -> String = \.rawValue) -> String {
    let word = emphasize(severity)
    let message = visible(message)
    let hint = hint.map(visible)
    guard let span, let excerpt = Excerpt(of: source, span) else {
      return "\(source.name): \(word): \(message)" + (hint.map { "\n  \($0)" } ?? "")
    }
    let head = "\(source.name):\(span.start.line):\(span.start.column): \(word): \(message)"
    let number = String(span.start.line)
    let gutter = String(repeating: " ", count: number.count)
    let note = hint.map { " \($0)" } ?? ""
    return "\(head)\n  \(number) | \(excerpt.text)\n  \(gutter) | \(excerpt.mark)\(note)"
  }
}

/// The part of a line around a mark, and the mark below it.
private struct Excerpt {
  let text: String
  let mark: String
  private static let width = 120
  private static let before = 60

  /// Returns nil if the source has no such line.
  init?(of source: Source, _ span: Span) {
    let number = span.start.line
    guard let length = source.length(ofLine: number) else { return nil }
    let start = min(span.start.column - 1, length)
    let end = span.end.line == number ? min(span.end.column - 1, length) : length
    let first = length <= Self.width ? 0 : max(0, start - Self.before)
    let last = min(length, first + Self.width)
    // A line may be megabytes long, and have a problem in every word.
    let scalars = Array(source.text(ofLine: number, first..<last).unicodeScalars)
    func place(_ column: Int) -> Int { max(0, min(column - first, scalars.count)) }

    var view = String.UnicodeScalarView()
    view.append(contentsOf: scalars.map { $0.isInvisible && $0 != "\t" ? " " : $0 })
    let cutBefore = first > 0 ? "…" : ""
    let cutAfter = last < length ? "…" : ""
    text = cutBefore + String(view) + cutAfter

    // A tab stays a tab, and what is two columns wide gets two blanks, so that the mark stands right below.
    let indent = scalars[..<place(start)].map { scalar -> String in
      scalar == "\t" ? "\t" : String(repeating: " ", count: scalar.displayWidth)
    }
    let marked = scalars[place(start)..<max(place(start), place(end))]
    let columns = max(1, marked.reduce(0) { $0 + $1.displayWidth })
    mark = cutBefore.map { _ in " " }.joined() + indent.joined() + "^" + String(repeating: "~", count: columns - 1)
  }
}

/// Writes characters that would move the cursor, or the text around them, as escapes.
private func visible(_ text: String) -> String {
  if text.utf8.allSatisfy({ (0x20..<0x7f).contains($0) }) { return text }
  return text.unicodeScalars.map { $0.isInvisible ? "\\u{\(String($0.value, radix: 16))}" : String($0) }.joined()
}

extension Unicode.Scalar {
  /// Control and formatting characters, those that change the direction of writing among them.
  fileprivate var isInvisible: Bool {
    if (0x20..<0x7f).contains(value) { return false }
    return switch properties.generalCategory {
    case .control, .format, .lineSeparator, .paragraphSeparator, .surrogate: true
    default: false
    }
  }
}
