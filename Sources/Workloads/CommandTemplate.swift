/// Arguments in which `${task}` and the like stand for what is known only when a task runs.
///
/// `$${task}` is the text `${task}` itself.
struct CommandTemplate: Sendable {
  enum Reference: String, CaseIterable {
    case task, worker, item

    /// As it stands in a text.
    var text: String { "${\(rawValue)}" }
  }

  private enum Part {
    case text(String)
    case reference(Reference)
  }

  /// As messages have it.
  let program: String
  private let arguments: [[Part]]

  init(_ arguments: [String]) {
    program = arguments.first ?? ""
    self.arguments = arguments.map(Self.parts)
  }

  private static func parts(of argument: String) -> [Part] {
    var parts: [Part] = []
    var rest = Substring(argument)
    while let (reference, range) = firstReference(in: rest) {
      let before = rest[..<range.lowerBound]
      parts +=
        before.hasSuffix("$")
        ? [.text(String(before.dropLast()) + reference.text)] : [.text(String(before)), .reference(reference)]
      rest = rest[range.upperBound...]
    }
    return parts + [.text(String(rest))]
  }

  private static func firstReference(in text: Substring) -> (Reference, Range<Substring.Index>)? {
    Reference.allCases.compactMap { reference in text.firstRange(of: reference.text).map { (reference, $0) } }
      .min { $0.1.lowerBound < $1.1.lowerBound }
  }

  func refers(to wanted: Reference) -> Bool {
    arguments.joined().contains { if case .reference(wanted) = $0 { true } else { false } }
  }

  func arguments(task: Int, worker: Int, item: String) -> [String] {
    arguments.map { parts in
      parts.map { part in
        switch part {
        case .text(let text): text
        case .reference(.task): String(task)
        case .reference(.worker): String(worker)
        case .reference(.item): item
        }
      }.joined()
    }
  }
}
