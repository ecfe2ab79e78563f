internal import Model

/// A top-level mapping of settings, some of which may be axes: `origin:` and `arrivals:`.
///
/// An axis of a section is called `<section>_<setting>`, and belongs to the work.
struct Section {
  enum Name: String, CaseIterable {
    case origin, arrivals
  }

  let name: Name
  /// The settings that the file sets to one value, and defaults.
  var fixed: [String: Value] = [:]
  var axes: [Variable] = []

  /// Returns the settings of a cell.
  ///
  /// - Parameter level: returns the level of an axis by its name.
  func settings(_ level: (String) -> Level?) -> [String: Value] {
    var settings = fixed
    for axis in axes {
      settings[String(axis.name.dropFirst(name.rawValue.count + 1))] = level(axis.name)?.value
    }
    return settings
  }
}
