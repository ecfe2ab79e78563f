/// A reference that is replaced after the plan is made, such as `${origin}`.
///
/// In the parameters, the environment and the hooks of a plan, `$${origin}` stands for the text `${origin}` itself.
package struct LateReference: Sendable {
  /// The reference to the URL of the embedded server.
  package static let origin = LateReference("origin")

  /// The name that stands for what isn't known yet.
  package let name: String
  /// The reference as it stands in a text: `${name}`.
  package let text: String

  /// Makes a reference to this name.
  package init(_ name: String) {
    self.name = name
    text = "${\(name)}"
  }

  /// Returns a text in which this reference means itself.
  package func escaped(in text: String) -> String {
    text.contains(self.text) ? text.replacing(self.text, with: "$" + self.text) : text
  }

  /// Returns a text with every reference replaced, and with what was escaped as it is meant.
  ///
  /// - Parameter value: `nil` leaves references as they are.
  package func replaced(in text: String, by value: String?) -> String {
    var result = ""
    for piece in pieces(of: text) {
      switch piece {
      case .text(let text): result += text
      case .reference: result += value ?? self.text
      }
    }
    return result
  }

  /// Returns whether a text refers to this name.
  package func isReferred(in text: String) -> Bool {
    pieces(of: text).contains { if case .reference = $0 { true } else { false } }
  }

  private enum Piece {
    case text(Substring)
    case reference
  }

  private func pieces(of text: String) -> [Piece] {
    var pieces: [Piece] = []
    var rest = text[...]
    while let range = rest.firstRange(of: self.text) {
      let before = rest[..<range.lowerBound]
      if before.hasSuffix("$") {
        pieces += [.text(before.dropLast()), .text(rest[range])]
      } else {
        pieces += [.text(before), .reference]
      }
      rest = rest[range.upperBound...]
    }
    return pieces + [.text(rest)]
  }
}
