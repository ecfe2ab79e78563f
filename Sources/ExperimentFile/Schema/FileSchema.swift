package import Model

/// Returns the JSON Schema (draft-07) of experiment files, for editors.
///
/// It is made of the declarations that files are checked against, so every file that is read without an error is valid
/// by it. Two kinds of mistakes show only in the check itself. Some take two places of a file to see, such as a label that
/// isn't there. Others are quantities with a unit that exceed their bounds.
package func jsonSchema(of catalog: Catalog) -> Value {
  FileSchema(catalog: catalog).whole.value
}

private struct FileSchema {
  let catalog: Catalog

  var whole: JSONSchema {
    let properties = FileKey.allCases.map { ($0.rawValue, schema(of: $0).described($0.help)) }
    let definitions = workloads.definitions.merging(strategies.definitions) { $1 }
    return .mapping(Dictionary(properties) { $1 }, required: [FileKey.strategies.rawValue]).adding([
      "$schema": .string("http://json-schema.org/draft-07/schema#"),
      "title": .string("concrun experiment"),
      "patternProperties": .map(["^\(FileKey.ignoredPrefix)": .boolean(true)]),
      "definitions": .map(definitions.mapValues(\.value)),
    ])
  }

  private var workloads: PluginSchema { PluginSchema(kind: .workload, plugins: catalog.workloads) }
  private var strategies: PluginSchema { PluginSchema(kind: .strategy, plugins: catalog.strategies) }

  private func schema(of key: FileKey) -> JSONSchema {
    switch key {
    case .description: value(FileSettings.description)
    case .variables: variables
    case .workloads: workloads.labels
    case .strategies: strategies.labels
    case .sweep: sweep
    case .zip: zip
    case .exclude: exclude
    case .baseline: value(FileSettings.baseline)
    case .trials: .any(of: [value(FileSettings.trials), trials])
    case .warmup: value(FileSettings.warmup)
    case .order: value(FileSettings.order)
    case .seed: value(FileSettings.seed)
    case .timeout: value(FileSettings.timeout)
    case .retries: value(FileSettings.retries)
    case .maxFailed: value(FileSettings.maxFailed)
    case .origin: section(catalog.origin)
    case .arrivals: arrivals
    case .maxRate: value(FileSettings.maxRate)
    case .allowRemote: mapping(RemoteDecoder.settings)
    case .warmupTasks: value(FileSettings.warmupTasks)
    case .record: value(FileSettings.record)
    case .plugins: value(FileSettings.plugins)
    case .hooks: hooks
    case .env: value(FileSettings.environment).adding(["propertyNames": .map(["pattern": .string(Self.name)])])
    }
  }

  private static let name = "^\(Template.namePattern)$"

  private func value(_ setting: ParameterSchema) -> JSONSchema { SettingSchema(declaration: setting).value }

  private func mapping(_ settings: [ParameterSchema]) -> JSONSchema {
    .mapping(
      Dictionary(settings.map { ($0.name, value($0)) }) { $1 }, required: settings.filter(\.isRequired).map(\.name))
  }

  private func section(_ settings: [ParameterSchema]) -> JSONSchema {
    let required = settings.filter(\.isRequired).map(\.name)
    let section = JSONSchema.mapping(axes(settings), required: required)
    return required.isEmpty ? section.adding(["type": .list([.string("object"), .string("null")])]) : section
  }

  private func axes(_ settings: [ParameterSchema]) -> [String: JSONSchema] {
    Dictionary(settings.map { ($0.name, SettingSchema(declaration: $0).axis) }) { $1 }
  }

  private var arrivals: JSONSchema {
    let ramp = section(FileSettings.ramp).described(
      "A rate that changes steadily: { from: 10/s, to: 100/s, over: 30s }.")
    return JSONSchema.mapping(axes(FileSettings.arrivals).merging([FileSettings.rampKey: ramp]) { $1 }).adding([
      "oneOf": .list(FileSettings.arrivalRates.map { .map(["required": .list([.string($0)])]) })
    ])
  }

  private var trials: JSONSchema {
    mapping(TrialsDecoder.settings).adding(["dependencies": .map(["max": .list([.string("precision")])])])
  }

  private var variables: JSONSchema {
    let text = JSONSchema.scalar.adding(["not": JSONSchema.text(QuantityPattern.reference).value])
    let ends = [ParameterType.number, .size, .duration, .share, .rate].map {
      SettingSchema(declaration: ParameterSchema("", $0, help: ""), mayRefer: false).value
    }
    let reserved = ColumnNames.reserved.union([ParameterName.maxWorkers]).sorted()
    let sections = Section.Name.allCases.map(\.rawValue).joined(separator: "|")
    return
      JSONSchema
      .mapping(
        to: .any(of: [text, .list(of: text, atLeast: 1), SettingSchema.range(end: .any(of: ends), mayRefer: false)])
      )
      .adding([
        "propertyNames": .map([
          "pattern": .string(Self.name),
          "not": JSONSchema.any(of: [.oneOf(reserved), .text("^(\(sections))(_|$)")]).value,
        ])
      ])
  }

  private var sweep: JSONSchema {
    var alternatives: [String: [ParameterSchema]] = [:]
    for parameter in catalog.strategies.flatMap(\.parameters) {
      let known = alternatives[parameter.name, default: []]
      let isKnown = known.contains { $0.type == parameter.type && $0.minimum == parameter.minimum }
      alternatives[parameter.name] = known + (isKnown ? [] : [parameter])
    }
    return .mapping(
      alternatives.mapValues { .any(of: $0.map { SettingSchema(declaration: $0).axis }) })
  }

  private var zip: JSONSchema {
    let axes = JSONSchema.list(of: .scalar, atLeast: 2)
    return .any(of: [axes, .list(of: axes, atLeast: 1)])
  }

  private var exclude: JSONSchema {
    func values(_ value: JSONSchema) -> JSONSchema { .any(of: [value, .list(of: value, atLeast: 1)]) }
    // A workload is called null.
    let label = values(.any(of: [.scalar, .type("null")]))
    return .list(
      of: JSONSchema.mapping(to: values(.scalar)).adding([
        "minProperties": .integer(1), "properties": .map(["workload": label.value, "strategy": label.value]),
      ]))
  }

  private var hooks: JSONSchema {
    let command = JSONSchema.list(of: .scalar, atLeast: 1).described("A program and its arguments.")
    return .mapping(Dictionary(Hooks.Moment.allCases.map { ($0.rawValue, command) }) { $1 })
  }
}
