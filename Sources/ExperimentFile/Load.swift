package import Model
package import YAML

/// Makes plans of experiment files. Reads every file to its end, and reports every problem of every file.
///
/// - Parameters:
///   - catalog: the built-in plugins.
///   - environment: the variables that `${env:NAME}` reads.
///   - readFile: opens files that the experiment files name.
///   - plugins: looks for plugins that aren't built in. It may run programs.
///   - objection: asks a plugin what it can't work with.
package func load(
  _ sources: [Source], overrides: Overrides = Overrides(), catalog: Catalog, environment: [String: String] = [:],
  readFile: @escaping FileReader, plugins: @escaping PluginSearch = { _ in FoundPlugins() },
  objection: @escaping PluginObjection
) -> LoadResult {
  var loader = Loader(
    overrides: overrides, catalog: catalog, environment: environment, readFile: readFile, plugins: plugins,
    objection: objection)
  for source in sources {
    loader.load(source)
  }
  return loader.finish()
}
