package import Model

/// Returns the parameter of a plugin, or the item of it, that the plugin can't work with although every schema allows it.
///
/// The problem is one clause without a full stop. The result is `nil` if the plugin has no objection.
package typealias PluginObjection =
  @Sendable (_ kind: PluginDescription.Kind, _ plugin: ResolvedPlugin) -> (
    parameter: String, item: Int?, problem: String
  )?
