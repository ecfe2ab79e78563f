/// A plugin that a cell uses, with the values of its parameters.
///
/// Two are equal if they have the same name and the same values.
package struct ResolvedPlugin: Sendable {
  /// Shared by the cells that use the plugin: a plan may have a million of them.
  private let shared: Shared
  /// The values by parameter name. Parameters without a value are absent.
  package var parameters: [String: Value]

  private final class Shared: Sendable {
    let description: PluginDescription

    init(_ description: PluginDescription) {
      self.description = description
    }
  }

  /// Makes a plugin with these values, and with the declared defaults of all other parameters.
  package init(_ description: PluginDescription, completing values: [String: Value]) {
    let defaults = description.parameters.compactMap { schema in schema.defaultValue.map { (schema.name, $0) } }
    self.init(
      description, parameters: Dictionary(defaults, uniquingKeysWith: { first, _ in first }).merging(values) { $1 })
  }

  /// Makes a plugin with exactly these values, without any defaults.
  package init(_ description: PluginDescription, parameters: [String: Value]) {
    shared = Shared(description)
    self.parameters = parameters
  }

  /// The plugin's description of itself.
  package var description: PluginDescription { shared.description }

  /// The plugin's name.
  package var name: String { shared.description.name }
}

extension ResolvedPlugin: Hashable {
  /// Returns whether two plugins have the same name and the same values.
  package static func == (one: ResolvedPlugin, other: ResolvedPlugin) -> Bool {
    one.name == other.name && one.parameters == other.parameters
  }

  /// Feeds the name and the values to a hasher.
  package func hash(into hasher: inout Hasher) {
    hasher.combine(name)
    hasher.combine(parameters)
  }
}
