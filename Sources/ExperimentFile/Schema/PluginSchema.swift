internal import Model

/// The JSON Schema of `workloads:` or `strategies:`: labels, and the parameters of the plugin that each of them names.
struct PluginSchema {
  let kind: PluginDescription.Kind
  let plugins: [PluginDescription]

  /// The schemas that `labels` refers to, by name.
  var definitions: [String: JSONSchema] {
    var definitions = Dictionary(plugins.map { (name(of: $0), parameters(of: $0)) }) { $1 }
    definitions[kind.rawValue] = named
    return definitions
  }

  var labels: JSONSchema {
    let byLabel = plugins.map { plugin in
      let schema = JSONSchema([
        "if": Self.namesPlugin.value, "then": JSONSchema.reference(kind.rawValue).value,
        "else": JSONSchema.reference(name(of: plugin)).value,
      ])
      return (plugin.name, schema.described(plugin.summary).value)
    }
    let mapping = JSONSchema([
      "type": .string("object"), "minProperties": .integer(kind == .strategy ? 1 : 0),
      "propertyNames": .map(["pattern": .string(Label.pattern), "maxLength": .integer(Label.maximumLength)]),
      "properties": .map(Dictionary(byLabel) { $1 }),
      "additionalProperties": JSONSchema.reference(kind.rawValue).value,
    ])
    let names = JSONSchema.oneOf(plugins.map(\.name))
    return .any(of: [mapping, .list(of: .any(of: [names, mapping]), atLeast: kind == .strategy ? 1 : 0)])
  }

  private static let namesPlugin = JSONSchema([
    "type": .string("object"), "required": .list([.string(ParameterName.plugin)]),
  ])

  private func name(of plugin: PluginDescription) -> String { "\(kind.rawValue).\(plugin.name)" }

  /// A use that says which plugin it means.
  private var named: JSONSchema {
    let names = JSONSchema.oneOf(plugins.map(\.name))
    let choice = JSONSchema.any(of: [names, .text(QuantityPattern.reference)])
      .described("Which \(kind.rawValue) it is.")
    let cases = plugins.map { plugin in
      JSONSchema([
        "if": .map(["properties": .map([ParameterName.plugin: JSONSchema.oneOf([plugin.name]).value])]),
        "then": JSONSchema.reference(name(of: plugin)).value,
      ])
    }
    return Self.namesPlugin.adding([
      "properties": .map([ParameterName.plugin: choice.value]), "allOf": .list(cases.map(\.value)),
    ])
  }

  /// A use of this plugin, by its name or by its label.
  private func parameters(of plugin: PluginDescription) -> JSONSchema {
    var properties = [ParameterName.plugin: JSONSchema.oneOf([plugin.name])]
    for parameter in plugin.parameters {
      properties[parameter.name] = SettingSchema(declaration: parameter).axis
    }
    let required = plugin.parameters.filter(\.isRequired).map(\.name)
    var schema = JSONSchema.mapping(properties, required: required).described(plugin.summary)
    if required.isEmpty, plugin.exactlyOneOf.isEmpty {
      schema = schema.adding(["type": .list([.string("object"), .string("null")])])
    }
    guard !plugin.exactlyOneOf.isEmpty else { return schema }
    let groups = plugin.exactlyOneOf.map { group in
      Value.map(["oneOf": .list(group.map { .map(["required": .list([.string($0)])]) })])
    }
    return schema.adding(["allOf": .list(groups)])
  }
}
