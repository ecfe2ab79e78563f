package import Model

/// The plugins that a search for programs found.
package struct FoundPlugins: Sendable {
  /// The strategies that the programs offer.
  package var strategies: [PluginDescription]
  /// Programs that can't be used, and the reasons.
  package var problems: [(path: String, reason: String)]

  /// Creates the result of a search.
  package init(strategies: [PluginDescription] = [], problems: [(path: String, reason: String)] = []) {
    self.strategies = strategies
    self.problems = problems
  }
}

/// Looks for plugins in a program that a file names, or in the usual folders if the name is `nil`.
package typealias PluginSearch = @Sendable (_ named: String?) -> FoundPlugins
