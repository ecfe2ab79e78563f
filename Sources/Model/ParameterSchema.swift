/// The type of a parameter, which decides how its text is read.
package indirect enum ParameterType: Hashable, Sendable {
  case boolean
  case integer
  case number
  case string
  /// A number of seconds, such as `5ms`.
  case duration
  /// A whole number of bytes, such as `64KiB`.
  case size
  /// A fraction of one, such as `5%` or `0.05`.
  case share
  /// A number per second, such as `500/s`.
  case rate
  /// A regular expression.
  case pattern
  /// One of these texts.
  case choice([String])
  /// The path of a file; its value is the list of the file's lines.
  case lines
  /// The path of a file, relative to the experiment file.
  case file
  /// The path of a file whose bytes count; its value is that of a `FileContent`.
  case content
  /// A feature that is off (`false`), on with its usual settings (`true`), or on with a map of these settings.
  case switchable([ParameterSchema])
  /// Any value that YAML can express.
  case any
  case list(ParameterType)
  /// A map of names to values of one type.
  case map(ParameterType)

  /// A Boolean value that is false for lists, maps and `any`.
  package var isScalar: Bool {
    switch self {
    case .list, .map, .any: false
    default: true
    }
  }

  /// The name of the type in the output of `concrun plugins`.
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
    case .file, .content: "file"
    case .switchable(let settings): "false | true | {\(settings.map(\.name).joined(separator: ", "))}"
    case .any: "anything"
    case .list(let element): "list of \(element.name)s"
    case .map(let element): "map of \(element.name)s"
    }
  }

  /// A Boolean value that is true if the file that a text names is read with the experiment file.
  package var readsFile: Bool { self == .lines || self == .content }

  /// The base unit in columns and messages: `s`, `bytes` or `/s`; `nil` for types without one.
  package var unit: String? {
    switch self {
    case .duration: "s"
    case .size: "bytes"
    case .rate: "/s"
    default: nil
    }
  }
}

/// The declaration of one parameter of a plugin.
///
/// concrun checks experiment files against it, and takes defaults from it.
package struct ParameterSchema: Hashable, Sendable {
  /// The parameter's key in the experiment file.
  package var name: String
  /// The type of the parameter's value.
  package var type: ParameterType
  /// The value if the file doesn't set one; `nil` if the parameter then has no value.
  package var defaultValue: Value?
  /// A Boolean value that is true if the file must set the parameter.
  package var isRequired: Bool
  /// The smallest value in the base unit, or the smallest count of a list or map; `nil` for no limit.
  package var minimum: Double?
  /// The largest value in the base unit, or the largest count of a list or map; `nil` for no limit.
  package var maximum: Double?
  /// The explanation that `concrun plugins` prints.
  package var help: String
  /// A Boolean value that is true if the value is never shown and never stored. Only texts can be secret.
  package var isSecret: Bool
  /// The feature that an external strategy must have where a file sets the parameter; `nil` if all of them have it.
  package var needs: PluginDescription.Capability?

  /// Makes a declaration, by default of an optional parameter without bounds.
  package init(
    _ name: String, _ type: ParameterType, default defaultValue: Value? = nil, required isRequired: Bool = false,
    minimum: Double? = nil, maximum: Double? = nil, secret isSecret: Bool = false,
    needs: PluginDescription.Capability? = nil, help: String
  ) {
    self.name = name
    self.type = type
    self.defaultValue = defaultValue
    self.isRequired = isRequired
    self.minimum = minimum
    self.maximum = maximum
    self.isSecret = isSecret
    self.needs = needs
    self.help = help
  }
}

extension ParameterType {
  /// Returns whether a value, in the form that messages use, is of this type.
  package func accepts(_ value: Value) -> Bool {
    switch self {
    case .boolean: value.boolean != nil
    case .integer, .size: value.integer != nil
    case .number, .duration, .share, .rate: value.number != nil
    case .string, .pattern, .file: value.string != nil
    case .choice(let texts): value.string.map(texts.contains) ?? false
    case .lines: ParameterType.list(.string).accepts(value)
    case .content: FileContent(value) != nil
    case .list(let element): value.list?.allSatisfy(element.accepts) ?? false
    case .map(let element): value.map?.values.allSatisfy(element.accepts) ?? false
    case .switchable: value.boolean != nil || value.map != nil
    case .any: true
    }
  }
}

extension ParameterSchema {
  /// Returns whether a value is within the bounds. For lists and maps, the count is compared.
  package func isInRange(_ value: Value) -> Bool {
    guard let number = (value.list?.count ?? value.map?.count).map(Double.init) ?? value.number else { return true }
    return number >= minimum ?? number && number <= maximum ?? number
  }
}
