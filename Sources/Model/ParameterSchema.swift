/// What kind of value a parameter takes, and so how its text is read.
package indirect enum ParameterType: Hashable, Sendable {
  case boolean
  case integer
  case number
  case string
  /// `5ms`: a number of seconds.
  case duration
  /// `64KiB`: a whole number of bytes.
  case size
  /// `5%` or `0.05`: a fraction of one.
  case share
  /// `500/s`: a number a second.
  case rate
  /// A regular expression.
  case pattern
  /// One of these texts.
  case choice([String])
  /// The path of a file; its value is the list of the file's lines.
  case lines
  /// The path of a file, relative to the experiment file.
  case file
  /// Off, on with its usual settings, or on with these: `false`, or the map of all of them.
  case switchable([ParameterSchema])
  /// Whatever YAML can say.
  case any
  case list(ParameterType)
  /// Names and their values.
  case map(ParameterType)

  package var isScalar: Bool {
    switch self {
    case .list, .map, .any: false
    default: true
    }
  }

  /// As `concrun plugins` shows it.
  package var name: String {
    switch self {
    case .boolean: "boolean"
    case .integer: "integer"
    case .number: "number"
    case .string: "string"
    case .duration: "duration"
    case .size: "size"
    case .share: "share"
    case .rate: "rate"
    case .pattern: "pattern"
    case .choice(let texts): texts.joined(separator: " | ")
    case .lines: "file of lines"
    case .file: "file"
    case .switchable(let settings): "false | true | {\(settings.map(\.name).joined(separator: ", "))}"
    case .any: "anything"
    case .list(let element): "list of \(element.name)s"
    case .map(let element): "map of \(element.name)s"
    }
  }

  /// The SI base unit that columns and messages use, where there is one.
  package var unit: String? {
    switch self {
    case .duration: "s"
    case .size: "bytes"
    case .rate: "/s"
    default: nil
    }
  }
}

/// The declaration of one parameter of a plugin: a file is checked against it, and completed from it.
package struct ParameterSchema: Hashable, Sendable {
  package var name: String
  package var type: ParameterType
  /// What it is when the file doesn't set it. `nil`: then it has no value.
  package var defaultValue: Value?
  package var isRequired: Bool
  /// The smallest value, in the base unit; for lists and maps, the smallest count.
  package var minimum: Double?
  /// The largest value, in the base unit; for lists and maps, the largest count.
  package var maximum: Double?
  package var help: String

  package init(
    _ name: String, _ type: ParameterType, default defaultValue: Value? = nil, required isRequired: Bool = false,
    minimum: Double? = nil, maximum: Double? = nil, help: String
  ) {
    self.name = name
    self.type = type
    self.defaultValue = defaultValue
    self.isRequired = isRequired
    self.minimum = minimum
    self.maximum = maximum
    self.help = help
  }
}

extension ParameterType {
  /// Whether a value is of this type, as messages have it.
  package func accepts(_ value: Value) -> Bool {
    switch self {
    case .boolean: value.boolean != nil
    case .integer, .size: value.integer != nil
    case .number, .duration, .share, .rate: value.number != nil
    case .string, .pattern, .file: value.string != nil
    case .choice(let texts): value.string.map(texts.contains) ?? false
    case .lines: ParameterType.list(.string).accepts(value)
    case .list(let element): value.list?.allSatisfy(element.accepts) ?? false
    case .map(let element): value.map?.values.allSatisfy(element.accepts) ?? false
    case .switchable: value.boolean != nil || value.map != nil
    case .any: true
    }
  }
}

extension ParameterSchema {
  /// Whether a value, or the count of a list's or a map's entries, is within the bounds.
  package func isInRange(_ value: Value) -> Bool {
    guard let number = (value.list?.count ?? value.map?.count).map(Double.init) ?? value.number else { return true }
    return number >= minimum ?? number && number <= maximum ?? number
  }
}
