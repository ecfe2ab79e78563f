internal import Model
internal import YAML

/// A decoder of `origin:` or `arrivals:`.
struct SectionDecoder {
  let name: Section.Name
  let schemas: [ParameterSchema]
  let variables: [Variable]
  let reader: ValueReader

  /// A bound on memory.
  private static let mostValues = 100_000

  private var log: DiagnosticLog { reader.log }

  /// - Parameter node: `nil` gives every setting its default.
  func decode(_ node: Node?) -> Section {
    var section = Section(name: name)
    for schema in schemas {
      section.fixed[schema.name] = schema.defaultValue
    }
    guard let node else { return section }
    guard let entries = node.isNull ? [] : node.entries else {
      log.error(node, "'\(name.rawValue)' must be a mapping, and this is \(node.kindName)")
      return section
    }
    for entry in entries {
      guard let schema = schemas.first(where: { $0.name == entry.keyText }) else {
        log.error(
          entry.key, "unknown key '\(entry.keyText)' in '\(name.rawValue)'",
          hint: Spelling.hint(for: entry.keyText, among: schemas.map(\.name)))
        continue
      }
      if entry.value.text != nil, let template = template(entry.value, of: schema) {
        section.templates.append(template)
      } else {
        decode(entry, as: schema, into: &section)
      }
    }
    for schema in schemas where schema.isRequired && !entries.contains(where: { $0.keyText == schema.name }) {
      log.error(node, "'\(name.rawValue)' needs '\(schema.name)'", hint: schema.help)
    }
    return section
  }

  private func decode(_ entry: Node.Entry, as schema: ParameterSchema, into section: inout Section) {
    guard let node = reader.filled(entry.value),
      let alternatives = reader.alternatives(of: node, for: schema.type, name: schema.name)
    else { return }
    var levels: [Level] = []
    for node in alternatives.nodes {
      guard let value = reader.read(node, as: schema) else { return }
      if levels.contains(where: { $0.value == value }) {
        log.error(node, "'\(node.quotedText)' stands twice in '\(schema.name)'")
      }
      levels.append(Level(text: node.levelText(of: value), value: value))
    }
    let variable = Variable(
      name: name.variable(schema.name), node: entry.key, levels: levels, isAxis: alternatives.isAxis)
    if alternatives.isAxis {
      section.axes.append(variable)
    } else {
      section.fixed[schema.name] = levels.first?.value
      section.constants.append(variable)
    }
  }

  /// Reads a text that refers to a variable with several levels, for each of them.
  ///
  /// - Returns: `nil` if it refers to none, or to something that has an error.
  private func template(_ node: Node, of schema: ParameterSchema) -> SectionTemplate? {
    let names = Set((try? Template.references(in: node).map(\.name)) ?? [])
    let axes = variables.filter { $0.isAxis && names.contains($0.name) }
    guard !axes.isEmpty, names.isSubset(of: axes.map(\.name) + reader.scope.texts.keys) else { return nil }
    reader.used.add(names)
    let odometer = Odometer(counts: axes.map(\.levels.count))
    guard let total = odometer.total, total <= Self.mostValues else {
      log.error(node, "'\(schema.name)' would have more than \(Self.mostValues) values")
      return SectionTemplate(setting: schema.name, axes: axes.map(\.name), values: [:])
    }
    var values: [[String]: Value] = [:]
    for choice in odometer {
      let texts = zip(axes, choice).map { $0.levels[$1].text }
      let scope = reader.scope.texts.merging(zip(axes.map(\.name), texts)) { $1 }
      values[texts] = reader.read(Template.fill(node, from: scope), as: schema)
    }
    return SectionTemplate(setting: schema.name, axes: axes.map(\.name), values: values)
  }
}
