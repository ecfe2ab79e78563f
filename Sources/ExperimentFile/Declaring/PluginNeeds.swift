internal import Model
internal import YAML

/// The plugins that a file needs beyond the built-in ones, as far as it says so itself. To know them, no program is run.
struct PluginNeeds {
  /// The programs that `plugins:` names, with paths that can be opened.
  let programs: [(node: Node, path: String)]
  /// The strategies that the file uses, built in or not.
  let strategies: [(node: Node, name: String)]
  /// False if there is an error in what `plugins:` names.
  let isWhole: Bool

  init(of root: Node, reader: ValueReader) {
    let node = root[.plugins].flatMap { reader.filled($0) }
    let paths = node.flatMap { reader.read($0, as: FileSettings.plugins)?.list }
    isWhole = root[.plugins] == nil || paths != nil
    programs = zip(node?.sequence ?? [], paths ?? []).compactMap { node, path in path.string.map { (node, $0) } }
    let labels = root[.strategies].flatMap { $0.entries ?? $0.sequence?.flatMap { $0.labelEntries ?? [] } }
    strategies = (labels ?? []).compactMap { entry in
      guard let named = entry.value[ParameterName.plugin] else { return (entry.key, entry.keyText) }
      return reader.filled(named).flatMap { node in node.text.map { (node, $0) } }
    }
  }
}
