internal import Model
internal import YAML

extension Diagnostic {
  /// Returns the place, the message, the line of the source, and a mark under the place with the hint beside it.
  ///
  ///     scaling.yaml:17:15: error: unknown key 'max_worker' for strategy 'threads'
  ///       17 |   threads: { max_worker: [1, 2] }
  ///          |              ^~~~~~~~~~ did you mean 'max_workers'?
  ///
  /// Secrets in the line are shown as `***`.
  package var rendered: Rendered {
    let message = message.visibleLine
    let hint = hint?.visibleLine
    let name = source.name.visibleLine
    guard let span, let excerpt = Excerpt(of: source, span, hidden: hidden) else {
      return Rendered(
        place: "\(name): ", severity: severity, rest: ": \(message)" + (hint.map { "\n  \($0)" } ?? ""))
    }
    let number = String(span.start.line)
    let gutter = String(repeating: " ", count: number.count)
    let note = hint.map { " \($0)" } ?? ""
    return Rendered(
      place: "\(name):\(span.start.line):\(span.start.column): ", severity: severity,
      rest: ": \(message)\n  \(number) | \(excerpt.text)\n  \(gutter) | \(excerpt.mark)\(note)")
  }

  /// The text of a diagnostic around the word for its severity, which may have a colour.
  package struct Rendered: Sendable {
    /// The text before the word.
    package var place: String
    /// The severity, whose raw value is the word.
    package var severity: Severity
    /// The text after the word.
    package var rest: String
    /// The whole text without colours.
    package var text: String { "\(place)\(severity.rawValue)\(rest)" }
  }
}

/// The part of a line around a mark, and the mark below it.
private struct Excerpt {
  let text: String
  let mark: String
  private static let width = 120
  private static let before = 60

  /// Returns nil if the source has no such line.
  init?(of source: Source, _ span: Span, hidden: [Range<Int>]) {
    let number = span.start.line
    guard let length = source.length(ofLine: number) else { return nil }
    let start = min(span.start.column - 1, length)
    let end = span.end.line == number ? min(span.end.column - 1, length) : length
    let first = length <= Self.width ? 0 : max(0, start - Self.before)
    let last = min(length, first + Self.width)
    // A line may be megabytes long, and have a problem in every word.
    let window = Array(source.text(ofLine: number, first..<last).unicodeScalars)
    let (scalars, places) = Self.masked(window, from: first, hidden)
    // A place behind a mask is that of the next character that is shown.
    func place(_ column: Int) -> Int { places.firstIndex { $0 >= column } ?? scalars.count }

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

  /// Returns a part of a line with a mask in the place of hidden columns, and the offset in the line of each scalar.
  private static func masked(
    _ scalars: [Unicode.Scalar], from first: Int, _ hidden: [Range<Int>]
  ) -> ([Unicode.Scalar], places: [Int]) {
    var result: [Unicode.Scalar] = []
    var places: [Int] = []
    var isHiding = false
    for (index, scalar) in scalars.enumerated() {
      let place = first + index
      let isHidden = hidden.contains { $0.contains(place + 1) }
      if isHidden, !isHiding {
        result += Secrets.mask.unicodeScalars
        places += Secrets.mask.unicodeScalars.map { _ in place }
      } else if !isHidden {
        result.append(scalar)
        places.append(place)
      }
      isHiding = isHidden
    }
    return (result, places)
  }
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
