/// A plain value: what a parameter is set to, and what JSON can say.
///
/// Durations are seconds, sizes are bytes, shares are fractions of one: all of them numbers here.
package enum Value: Hashable, Sendable {
  case null
  case boolean(Bool)
  case integer(Int)
  case number(Double)
  case string(String)
  case list([Value])
  case map([String: Value])
}

extension Value {
  package var boolean: Bool? {
    if case .boolean(let value) = self { value } else { nil }
  }

  /// The whole number this is, also where it was written as a number without a fraction.
  package var integer: Int? {
    switch self {
    case .integer(let value): value
    case .number(let value): Int(exactly: value)
    default: nil
    }
  }

  package var number: Double? {
    switch self {
    case .integer(let value): Double(value)
    case .number(let value): value
    default: nil
    }
  }

  package var string: String? {
    if case .string(let value) = self { value } else { nil }
  }

  package var list: [Value]? {
    if case .list(let value) = self { value } else { nil }
  }

  package var map: [String: Value]? {
    if case .map(let value) = self { value } else { nil }
  }

  package var isNull: Bool { self == .null }
}

extension Value: CustomStringConvertible {
  /// Compact and unambiguous: scalars bare, lists and maps as in JSON, keys sorted.
  package var description: String {
    switch self {
    case .null: ""
    case .boolean(let value): value ? "true" : "false"
    case .integer(let value): String(value)
    case .number(let value): String(shortest: value)
    case .string(let value): value
    case .list(let values): "[" + values.map(\.description).joined(separator: ", ") + "]"
    case .map(let values):
      "{" + values.sorted { $0.key < $1.key }.map { "\($0.key): \($0.value)" }.joined(separator: ", ") + "}"
    }
  }
}

extension String {
  /// The shortest decimal text that reads back as the same number, without a needless `.0`.
  package init(shortest value: Double) {
    if let whole = Int(exactly: value), whole.magnitude < 1 << 53 {
      self = String(whole)
    } else {
      self = value.description
    }
  }
}

extension Value: Codable {
  package init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    if container.decodeNil() {
      self = .null
    } else if let value = try? container.decode(Bool.self) {
      self = .boolean(value)
    } else if let value = try? container.decode(Int.self) {
      self = .integer(value)
    } else if let value = try? container.decode(Double.self) {
      self = .number(value)
    } else if let value = try? container.decode(String.self) {
      self = .string(value)
    } else if let value = try? container.decode([Value].self) {
      self = .list(value)
    } else {
      self = .map(try container.decode([String: Value].self))
    }
  }

  package func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    switch self {
    case .null: try container.encodeNil()
    case .boolean(let value): try container.encode(value)
    case .integer(let value): try container.encode(value)
    case .number(let value): try container.encode(value)
    case .string(let value): try container.encode(value)
    case .list(let value): try container.encode(value)
    case .map(let value): try container.encode(value)
    }
  }
}
