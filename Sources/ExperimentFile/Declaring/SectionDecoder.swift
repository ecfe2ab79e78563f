internal import Model
internal import YAML

/// A decoder of `origin:` or `arrivals:`.
struct SectionDecoder {
  let name: Section.Name
  let schemas: [ParameterSchema]
  /// Settings that are mappings of settings, by name.
  var groups: [String: [ParameterSchema]] = [:]
  /// Settings and groups of which a section has exactly one; empty if there is no such rule.
  var exactlyOneOf: [String] = []
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
    decode(entries, as: schemas, of: name.rawValue, into: &section)
    requireOne(of: exactlyOneOf, in: entries, node)
    require(schemas, in: entries, of: name.rawValue, node)
    return section
  }

  /// - Parameters:
  ///   - title: the name that messages have for the mapping.
  ///   - group: the group that the settings are in; `nil` for those of the section itself.
  private func decode(
    _ entries: [Node.Entry], as schemas: [ParameterSchema], of title: String, in group: String? = nil,
    into section: inout Section
  ) {
    for entry in entries {
      if group == nil, let members = groups[entry.keyText] {
        decode(entry, as: members, into: &section)
        continue
      }
      guard let schema = schemas.first(where: { $0.name == entry.keyText }) else {
        let known = schemas.map(\.name) + (group == nil ? groups.keys.sorted() : [])
        log.error(
          entry.key, "unknown key '\(entry.keyText)' in '\(title)'",
          hint: Spelling.hint(for: entry.keyText, among: known))
        continue
      }
      let setting = Section.setting(schema.name, in: group)
      if entry.value.text != nil, let template = template(entry.value, of: schema, setting: setting) {
        section.templates.append(template)
      } else {
        decode(entry, as: schema, setting: setting, into: &section)
      }
    }
  }

  /// Reads a setting that is a mapping of settings.
  private func decode(_ entry: Node.Entry, as members: [ParameterSchema], into section: inout Section) {
    let group = entry.keyText
    guard let entries = entry.value.entries else {
      log.error(
        entry.value, "'\(group)' must be a mapping of settings, and this is \(entry.value.kindName)",
        hint: "it has \(members.map(\.name).joined(separator: ", ")), each of which may be a list")
      return
    }
    decode(entries, as: members, of: group, in: group, into: &section)
    require(members, in: entries, of: group, entry.value)
  }

  private func require(_ schemas: [ParameterSchema], in entries: [Node.Entry], of title: String, _ node: Node) {
    for schema in schemas where schema.isRequired && !entries.contains(where: { $0.keyText == schema.name }) {
      log.error(node, "'\(title)' needs '\(schema.name)'", hint: schema.help)
    }
  }

  private func requireOne(of names: [String], in entries: [Node.Entry], _ node: Node) {
    let given = entries.filter { names.contains($0.keyText) }
    if let other = given.dropFirst().first {
      log.error(
        other.key, "'\(name.rawValue)' has '\(given[0].keyText)' and '\(other.keyText)': only one of them can count")
    } else if given.isEmpty, !names.isEmpty {
      log.error(
        node, "'\(name.rawValue)' needs \(names.map { "'\($0)'" }.joined(separator: " or "))",
        hint: schemas.first { $0.name == names[0] }?.help)
    }
  }

  private func decode(
    _ entry: Node.Entry, as schema: ParameterSchema, setting: String, into section: inout Section
  ) {
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
      name: name.variable(setting), node: entry.key, levels: levels, isAxis: alternatives.isAxis)
    if alternatives.isAxis {
      section.axes.append(variable)
    } else {
      section.fixed[setting] = levels.first?.value
      section.constants.append(variable)
    }
  }

  /// Reads a text that refers to a variable with several levels, for each of them.
  ///
  /// - Returns: `nil` if it refers to none, or to something that has an error.
  private func template(_ node: Node, of schema: ParameterSchema, setting: String) -> SectionTemplate? {
    let names = Set((try? Template.references(in: node).map(\.name)) ?? [])
    let axes = variables.filter { $0.isAxis && names.contains($0.name) }
    guard !axes.isEmpty, names.isSubset(of: axes.map(\.name) + reader.scope.texts.keys) else { return nil }
    reader.used.add(names)
    let odometer = Odometer(counts: axes.map(\.levels.count))
    guard let total = odometer.total, total <= Self.mostValues else {
      log.error(node, "'\(schema.name)' would have more than \(Self.mostValues) values")
      return SectionTemplate(setting: setting, axes: axes.map(\.name), values: [:])
    }
    var values: [[String]: Value] = [:]
    for choice in odometer {
      let texts = zip(axes, choice).map { $0.levels[$1].text }
      let scope = reader.scope.texts.merging(zip(axes.map(\.name), texts)) { $1 }
      values[texts] = reader.read(Template.fill(node, from: scope), as: schema)
    }
    return SectionTemplate(setting: setting, axes: axes.map(\.name), values: values)
  }
}
