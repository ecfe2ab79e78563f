internal import Model
internal import YAML

/// A top-level mapping of settings, some of which may be axes: `origin:` and `arrivals:`.
///
/// An axis of a section is called `<section>_<setting>`, and belongs to the work. A setting may refer to variables, too.
struct Section {
  enum Name: String, CaseIterable {
    case origin, arrivals

    /// The name that texts and columns have for a setting.
    func variable(_ setting: String) -> String { "\(rawValue)_\(setting)" }
  }

  /// Returns the name of a setting of a group, such as `ramp_to`; without a group, the setting's own.
  static func setting(_ name: String, in group: String?) -> String { group.map { "\($0)_\(name)" } ?? name }

  let name: Name
  /// The settings that the file sets to one value, and defaults.
  var fixed: [String: Value] = [:]
  var axes: [Variable] = []
  /// The settings with one value that the file has, as texts can refer to them.
  var constants: [Variable] = []
  var templates: [SectionTemplate] = []

  /// The names that texts can have for the settings.
  var variables: [Variable] { axes + constants }

  /// The axes of the section, and those variables that its settings refer to.
  var references: Set<String> { Set(axes.map(\.name)).union(templates.flatMap(\.axes)) }

  /// Returns the settings of a cell.
  ///
  /// - Parameter level: returns the level of an axis by its name.
  func settings(_ level: (String) -> Level?) -> [String: Value] {
    var settings = fixed
    for axis in axes {
      settings[String(axis.name.dropFirst(name.rawValue.count + 1))] = level(axis.name)?.value
    }
    for template in templates {
      settings[template.setting] = template.value(level)
    }
    return settings
  }
}

/// A setting of a section whose text refers to variables with several levels.
struct SectionTemplate {
  let setting: String
  /// The variables with several levels that it refers to.
  let axes: [String]
  /// The value for every combination of their levels, by the texts of these.
  let values: [[String]: Value]

  func value(_ level: (String) -> Level?) -> Value? {
    values[axes.map { level($0)?.text ?? "" }]
  }
}
