internal import Model
internal import Quantities

/// A JSON Schema (draft-07), or a part of one.
struct JSONSchema {
  var keywords: [String: Value]

  init(_ keywords: [String: Value]) {
    self.keywords = keywords
  }

  var value: Value { .map(keywords) }

  /// The schema that every value is valid by.
  static let anything = JSONSchema([:])

  /// A scalar as YAML readers take it: a text, a number, true or false; not a missing value.
  static let scalar = JSONSchema(["type": .list([.string("string"), .string("number"), .string("boolean")])])

  static func type(_ name: String) -> JSONSchema { JSONSchema(["type": .string(name)]) }

  /// A text that has a match of a regular expression.
  static func text(_ pattern: String) -> JSONSchema {
    JSONSchema(["type": .string("string"), "pattern": .string(pattern)])
  }

  /// One of these texts, also where a YAML reader takes it for a number or the like.
  static func oneOf(_ texts: [String]) -> JSONSchema {
    var values = texts.map(Value.string)
    for value in texts.compactMap(misreading) where !values.contains(value) { values.append(value) }
    return JSONSchema(["enum": .list(values)])
  }

  private static func misreading(_ text: String) -> Value? {
    if let number = Double(text) { return .jsonNumber(number) }
    if ["null", "~"].contains(text.lowercased()) { return .null }
    return (try? Quantity.boolean(text)).map(Value.boolean)
  }

  static func reference(_ definition: String) -> JSONSchema {
    JSONSchema(["$ref": .string("#/definitions/\(definition)")])
  }

  static func any(of alternatives: [JSONSchema]) -> JSONSchema {
    alternatives.count == 1 ? alternatives[0] : JSONSchema(["anyOf": .list(alternatives.map(\.value))])
  }

  static func list(of element: JSONSchema, atLeast minimum: Int = 0) -> JSONSchema {
    var keywords: [String: Value] = ["type": .string("array"), "items": element.value]
    if minimum > 0 { keywords["minItems"] = .integer(minimum) }
    return JSONSchema(keywords)
  }

  /// A mapping that has no other keys.
  static func mapping(_ properties: [String: JSONSchema], required: [String] = []) -> JSONSchema {
    var keywords: [String: Value] = [
      "type": .string("object"), "properties": .map(properties.mapValues(\.value)),
      "additionalProperties": .boolean(false),
    ]
    if !required.isEmpty { keywords["required"] = .list(required.map(Value.string)) }
    return JSONSchema(keywords)
  }

  /// A mapping with any keys.
  static func mapping(to element: JSONSchema) -> JSONSchema {
    JSONSchema(["type": .string("object"), "additionalProperties": element.value])
  }

  func adding(_ more: [String: Value]) -> JSONSchema {
    JSONSchema(keywords.merging(more) { $1 })
  }

  func described(_ help: String) -> JSONSchema {
    help.isEmpty ? self : adding(["description": .string(help)])
  }
}

extension Value {
  /// A whole number as such.
  static func jsonNumber(_ number: Double) -> Value {
    Int(exactly: number).map(Value.integer) ?? .number(number)
  }
}
