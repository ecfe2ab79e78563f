internal import Model
internal import YAML

/// The plugins that a file needs beyond the built-in ones, as far as it says so itself. To know them, no program is run.
struct PluginNeeds {
  /// The programs that `plugins:` names, with paths that can be opened.
  let programs: [(node: Node, path: String)]
  /// The strategies that the file uses, built in or not.
  let strategies: [(node: Node, name: String)]

  init(of root: Node, reader: ValueReader) {
    let node = root[.plugins]
    let paths = node.flatMap { reader.read($0, as: FileSettings.plugins)?.list } ?? []
    programs = zip(node?.sequence ?? [], paths).compactMap { node, path in path.string.map { (node, $0) } }
    strategies = (root[.strategies]?.entries ?? []).compactMap { entry in
      let node = entry.value[ParameterName.plugin] ?? entry.key
      return node.text.map { (node, $0) }
    }
  }
}
