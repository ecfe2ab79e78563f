internal import Model
internal import YAML

/// A decoder of `origin:` or `arrivals:`.
struct SectionDecoder {
  let name: Section.Name
  let schemas: [ParameterSchema]
  let reader: ValueReader

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
      decode(entry, as: schema, into: &section)
    }
    for schema in schemas where schema.isRequired && !entries.contains(where: { $0.keyText == schema.name }) {
      log.error(node, "'\(name.rawValue)' needs '\(schema.name)'", hint: schema.help)
    }
    return section
  }

  private func decode(_ entry: Node.Entry, as schema: ParameterSchema, into section: inout Section) {
    guard let alternatives = reader.alternatives(of: entry.value, for: schema.type, name: schema.name) else { return }
    var levels: [Level] = []
    for node in alternatives.nodes {
      guard let value = reader.read(node, as: schema) else { return }
      if levels.contains(where: { $0.value == value }) {
        log.error(node, "'\(node.text ?? "")' stands twice in '\(schema.name)'")
      }
      levels.append(Level(text: node.levelText(of: value), value: value))
    }
    if alternatives.isAxis {
      section.axes.append(
        Variable(name: "\(name.rawValue)_\(schema.name)", node: entry.key, levels: levels, isAxis: true))
    } else {
      section.fixed[schema.name] = levels.first?.value
    }
  }
}
