internal import Model

/// The JSON Schema of a setting: of its value, and of the axes that it may be instead.
struct SettingSchema {
  let declaration: ParameterSchema
  /// True if `${name}` may stand in its texts.
  var mayRefer = true

  /// Exactly one value.
  var value: JSONSchema { described(.any(of: values)) }

  /// One value, or an axis of several.
  var axis: JSONSchema { described(.any(of: values + axes)) }

  private func described(_ schema: JSONSchema) -> JSONSchema {
    let described = schema.described(declaration.help)
    guard let value = declaration.defaultValue, value != .map([:]) else { return described }
    // A number of seconds alone would be an error.
    let text = declaration.type == .duration ? value.number.map { Value.string(Self.duration($0)) } : nil
    return described.adding(["default": text ?? value])
  }

  private var values: [JSONSchema] { values(of: declaration.type, isWhole: true) }

  private var axes: [JSONSchema] {
    switch declaration.type {
    case .any: return []
    case .list, .map:
      let levels = JSONSchema.list(of: .any(of: values), atLeast: 1)
      return [.mapping(["axis": levels], required: ["axis"])]
    default:
      return [.list(of: .any(of: values), atLeast: 1)] + (declaration.type.numericUnit == nil ? [] : [range])
    }
  }

  /// `{from, to, step|factor}`
  private var range: JSONSchema {
    let end = SettingSchema(declaration: ParameterSchema("", declaration.type, help: ""), mayRefer: mayRefer).value
    return Self.range(end: end, mayRefer: mayRefer)
  }

  static func range(end: JSONSchema, mayRefer: Bool) -> JSONSchema {
    let factor = SettingSchema(declaration: ParameterSchema("", .number, help: ""), mayRefer: mayRefer).value
    // A step may be negative, whatever the ends are.
    let step = JSONSchema.any(of: [end, .type("number"), .text(QuantityPattern.negative)])
    // A bare 0 may be an end whatever the unit of the others is.
    let end = JSONSchema.any(of: [end, JSONSchema(["const": .integer(0)]), .text(QuantityPattern.zero)])
    return .mapping(["from": end, "to": end, "step": step, "factor": factor], required: ["from", "to"])
      .adding(["oneOf": .list(["step", "factor"].map { .map(["required": .list([.string($0)])]) })])
  }

  /// - Parameter isWhole: false for the elements of a list or a map, which the bounds aren't of.
  private func values(of type: ParameterType, isWhole: Bool) -> [JSONSchema] {
    let reference = mayRefer ? [JSONSchema.text(QuantityPattern.reference)] : []
    let range = isWhole ? bounds("minimum", "maximum") : [:]
    switch type {
    case .boolean: return [.type("boolean"), .text(QuantityPattern.boolean)] + reference
    case .integer: return [.type("integer").adding(range), .text(QuantityPattern.integer)] + reference
    case .number: return [.type("number").adding(range), .text(QuantityPattern.number)] + reference
    case .size: return [.type("integer").adding(range), .text(QuantityPattern.size)] + reference
    case .duration:
      return [JSONSchema(["const": .integer(0)]), .text(QuantityPattern.zero), .text(QuantityPattern.duration)]
        + reference
    case .share:
      let share = JSONSchema.type("number").adding(["minimum": .integer(0), "maximum": .integer(1)])
      return [share, .text(QuantityPattern.number), .text(QuantityPattern.share)] + reference
    case .rate: return [.text(QuantityPattern.rate)] + reference
    case .choice(let known): return [.oneOf(known)] + reference
    case .string, .pattern: return [.scalar]
    case .file, .lines, .content: return [.scalar.adding(["minLength": .integer(1)])]
    case .any: return [.anything]
    case .switchable(let settings):
      let on = settings.map { ($0.name, SettingSchema(declaration: $0, mayRefer: mayRefer).value) }
      return values(of: .boolean, isWhole: false) + [.mapping(Dictionary(on) { $1 })]
    case .list(let element):
      return [
        .list(of: .any(of: values(of: element, isWhole: false))).adding(isWhole ? bounds("minItems", "maxItems") : [:])
      ]
    case .map(let element):
      return [
        .mapping(to: .any(of: values(of: element, isWhole: false)))
          .adding(isWhole ? bounds("minProperties", "maxProperties") : [:])
      ]
    }
  }

  private func bounds(_ minimum: String, _ maximum: String) -> [String: Value] {
    var bounds: [String: Value] = [:]
    bounds[minimum] = declaration.minimum.map(Value.jsonNumber)
    bounds[maximum] = declaration.maximum.map(Value.jsonNumber)
    return bounds
  }

  /// In the largest unit that leaves a whole number.
  private static func duration(_ seconds: Double) -> String {
    let scales = [("s", 1.0), ("ms", 1e3), ("us", 1e6)]
    let whole = scales.first { (seconds * $0.1).rounded() == seconds * $0.1 } ?? ("s", 1)
    return String(shortest: seconds * whole.1) + whole.0
  }
}
