internal import Model
internal import Quantities

extension ParameterType {
  /// Reads the text of a scalar as a value of this type. A type without scalars takes every text unchanged.
  func value(of text: String) throws(ReadingError) -> Value {
    switch self {
    case .boolean: return .boolean(try Quantity.boolean(text))
    case .integer: return .integer(try Quantity.integer(text))
    case .number: return .number(try Quantity.number(text))
    case .duration: return .number(try Quantity.duration(text))
    case .size: return .integer(try Quantity.size(text))
    case .share: return .number(try Quantity.share(text))
    case .rate: return .number(try Quantity.rate(text))
    case .choice(let known):
      guard known.contains(text) else {
        throw ReadingError("'\(text)' isn't one of them", hint: Spelling.hint(for: text, among: known))
      }
      return .string(text)
    case .pattern:
      guard (try? Regex(text)) != nil else { throw ReadingError("'\(text)' isn't a regular expression") }
      return .string(text)
    case .file where text.isEmpty, .content where text.isEmpty: throw ReadingError("it is empty")
    case .string, .file, .content, .list, .map, .lines, .any, .switchable:
      guard !text.unicodeScalars.contains("\0") else { throw ReadingError("it has a NUL character") }
      return .string(text)
    }
  }

  /// The type as messages name it: "an integer".
  var article: String {
    switch self {
    case .integer: "an integer"
    case .boolean: "true or false"
    case .string: "a text"
    case .pattern: "a regular expression"
    case .choice(let known): "one of " + known.joined(separator: ", ")
    case .file, .lines, .content: "the path of a file"
    case .any: "anything"
    case .switchable: "false, true or a mapping of settings"
    default: "a \(name)"
    }
  }

  /// True if a mapping is one value of the type, not a range.
  var isSwitchable: Bool { if case .switchable = self { true } else { false } }

  /// The base unit of the type; `nil` if a range of it makes no sense.
  var numericUnit: String? {
    switch self {
    case .integer, .number, .share: ""
    case .duration, .size, .rate: unit
    default: nil
    }
  }
}
