/// A plugin that a cell uses, with a value for each of its parameters.
///
/// Two are equal if they have the same name and the same values.
package struct ResolvedPlugin: Sendable {
  /// Shared by the cells that use the plugin: a plan may have a million of them.
  private let shared: Shared
  package var parameters: [String: Value]

  private final class Shared: Sendable {
    let description: PluginDescription

    init(_ description: PluginDescription) {
      self.description = description
    }
  }

  /// Completes the given values by the defaults that the plugin declares.
  package init(_ description: PluginDescription, completing values: [String: Value]) {
    let defaults = description.parameters.compactMap { schema in schema.defaultValue.map { (schema.name, $0) } }
    self.init(
      description, parameters: Dictionary(defaults, uniquingKeysWith: { first, _ in first }).merging(values) { $1 })
  }

  /// - Parameter parameters: all values; nothing is added to them.
  package init(_ description: PluginDescription, parameters: [String: Value]) {
    shared = Shared(description)
    self.parameters = parameters
  }

  /// What the plugin says of itself.
  package var description: PluginDescription { shared.description }

  /// The plugin's name.
  package var name: String { shared.description.name }
}

extension ResolvedPlugin: Hashable {
  package static func == (one: ResolvedPlugin, other: ResolvedPlugin) -> Bool {
    one.name == other.name && one.parameters == other.parameters
  }

  package func hash(into hasher: inout Hasher) {
    hasher.combine(name)
    hasher.combine(parameters)
  }
}
