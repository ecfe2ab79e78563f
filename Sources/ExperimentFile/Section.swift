internal import Model
internal import YAML

/// A top-level mapping of settings, some of which may be axes: `origin:` and `arrivals:`.
///
/// An axis of a section is called `<section>_<setting>`, and belongs to the work.
struct Section {
  enum Name: String, CaseIterable {
    case origin, arrivals
  }

  let name: Name
  /// What the file sets to one value, and defaults.
  private(set) var fixed: [String: Value] = [:]
  private(set) var axes: [Variable] = []

  /// - Parameter node: `nil`: every setting has its default.
  init(_ name: Name, _ node: Node?, _ schemas: [ParameterSchema], _ diagnostics: inout Diagnostics) {
    self.name = name
    for schema in schemas {
      fixed[schema.name] = schema.defaultValue
    }
    guard let node else { return }
    guard let entries = node.isNull ? [] : node.entries else {
      diagnostics.error(node, "'\(name.rawValue)' must be a mapping, and this is \(node.kindName)")
      return
    }
    for entry in entries {
      guard let schema = schemas.first(where: { $0.name == entry.keyText }) else {
        diagnostics.error(
          entry.key, "unknown key '\(entry.keyText)' in '\(name.rawValue)'",
          hint: Spelling.hint(for: entry.keyText, among: schemas.map(\.name)))
        continue
      }
      read(entry, as: schema, &diagnostics)
    }
    for schema in schemas where schema.isRequired && !entries.contains(where: { $0.keyText == schema.name }) {
      diagnostics.error(node, "'\(name.rawValue)' needs '\(schema.name)'", hint: schema.help)
    }
  }

  private mutating func read(_ entry: Node.Entry, as schema: ParameterSchema, _ diagnostics: inout Diagnostics) {
    guard let (nodes, isAxis) = diagnostics.alternatives(of: entry.value, for: schema.type, name: schema.name) else {
      return
    }
    var levels: [Level] = []
    for node in nodes {
      guard let value = diagnostics.read(node, as: schema) else { return }
      if levels.contains(where: { $0.value == value }) {
        diagnostics.error(node, "'\(node.text ?? "")' stands twice in '\(schema.name)'")
      }
      levels.append(Level(text: Resolver.text(of: node, value), value: value))
    }
    if isAxis {
      axes.append(
        Variable(name: "\(name.rawValue)_\(schema.name)", node: entry.key, levels: levels, isAxis: true))
    } else {
      fixed[schema.name] = levels.first?.value
    }
  }

  /// The settings of a cell, given the levels of its axes by name.
  func settings(_ level: (String) -> Level?) -> [String: Value] {
    var settings = fixed
    for axis in axes {
      settings[String(axis.name.dropFirst(name.rawValue.count + 1))] = level(axis.name)?.value
    }
    return settings
  }
}

extension Section {
  static let arrivalSchemas = [
    ParameterSchema(
      "rate", .rate, required: true, minimum: 0.001, maximum: 10_000_000, help: "Tasks that become due each second."),
    ParameterSchema(
      "process", .choice(Arrivals.Process.allCases.map(\.rawValue)),
      default: .string(Arrivals.Process.constant.rawValue), help: "How the gaps between them are distributed."),
  ]
}
