/// A plain value: the setting of a parameter, or anything that JSON can express.
///
/// Durations are numbers of seconds, sizes are numbers of bytes, and shares are fractions of one.
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
  /// The Boolean value; `nil` for other kinds.
  package var boolean: Bool? {
    if case .boolean(let value) = self { value } else { nil }
  }

  /// The whole number, also if it was written as a number without a fraction; `nil` for other values.
  package var integer: Int? {
    switch self {
    case .integer(let value): value
    case .number(let value): Int(exactly: value)
    default: nil
    }
  }

  /// The number, whole or not; `nil` for other kinds.
  package var number: Double? {
    switch self {
    case .integer(let value): Double(value)
    case .number(let value): value
    default: nil
    }
  }

  /// The text; `nil` for other kinds.
  package var string: String? {
    if case .string(let value) = self { value } else { nil }
  }

  /// The elements of the list; `nil` for other kinds.
  package var list: [Value]? {
    if case .list(let value) = self { value } else { nil }
  }

  /// The entries of the map; `nil` for other kinds.
  package var map: [String: Value]? {
    if case .map(let value) = self { value } else { nil }
  }

  /// A Boolean value that is true for `null`.
  package var isNull: Bool { self == .null }
}

extension Value: CustomStringConvertible {
  /// The value as compact, unambiguous text. Scalars are bare; lists and maps look like JSON with sorted keys.
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
  /// Makes the shortest decimal text that reads back as the same number, without a needless `.0`.
  package init(shortest value: Double) {
    if let whole = Int(exactly: value), whole.magnitude < 1 << 53 {
      self = String(whole)
    } else {
      self = value.description
    }
  }
}

extension Value: Codable {
  /// Decodes any value; whole numbers become `integer`.
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

  /// Encodes the value without any tag of its kind.
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
