internal import Model
internal import YAML

/// The first step after parsing: it puts references in the place of every secret of a file.
///
/// All later steps go on with `${env:NAME}` and `${secret:NAME}`, so nothing that they print, store or compare has a
/// secret in it.
final class Concealment {
  let catalog: Catalog
  let log: DiagnosticLog
  /// The variables that secrets refer to. Their values are secrets, too.
  private var variables: Set<String> = []

  init(catalog: Catalog, log: DiagnosticLog) {
    self.catalog = catalog
    self.log = log
  }

  /// What a node is.
  private enum Role {
    case plain
    case proxy
    /// An item of a list, such as an argument of a command.
    case item
    /// A secret as a whole.
    case secret(String)
  }

  /// Returns the file without its secrets, which the log has then.
  func apply(to root: Node) -> Node {
    guard let entries = root.entries else { return root }
    // The first pass finds the variables that secrets refer to.
    _ = entries.map { entry($0) }
    var result = root
    result.content = .mapping(entries.map { entry($0) })
    return result
  }

  private func entry(_ entry: Node.Entry) -> Node.Entry {
    switch FileKey(rawValue: entry.keyText) {
    case .env: with(entry.value, of: entry) { .mapping($0.map { named($0) }) }
    case .variables: with(entry.value, of: entry) { .mapping($0.map { variable($0) }) }
    case .workloads: with(entry.value, of: entry) { .mapping($0.map { use($0, .workload) }) }
    case .strategies: with(entry.value, of: entry) { .mapping($0.map { use($0, .strategy) }) }
    case .sweep: with(entry.value, of: entry) { .mapping($0.map { parameter($0, of: catalog.strategies) }) }
    default: replacing(entry, conceal(entry.value, .plain))
    }
  }

  private func with(
    _ node: Node, of entry: Node.Entry, _ content: ([Node.Entry]) -> Node.Content
  ) -> Node.Entry {
    guard let entries = node.entries else { return replacing(entry, conceal(node, .plain)) }
    var result = node
    result.content = content(entries)
    return replacing(entry, result)
  }

  private func replacing(_ entry: Node.Entry, _ value: Node) -> Node.Entry {
    Node.Entry(key: entry.key, keyText: entry.keyText, value: value)
  }

  /// Returns the lines of another file without their secrets.
  static func concealedLines(_ node: Node, log: DiagnosticLog) -> Node {
    Concealment(catalog: Catalog(strategies: [], workloads: []), log: log).conceal(node, .plain)
  }

  // MARK: - Names

  /// A variable of `env`, or a header.
  private func named(_ entry: Node.Entry) -> Node.Entry {
    let name = entry.keyText
    let role = SecretSyntax.isSecret(name) ? Role.secret(name) : isProxy(name) ? .proxy : .plain
    return replacing(entry, conceal(entry.value, role))
  }

  private func isProxy(_ name: String) -> Bool { name.lowercased().contains("proxy") }

  private func variable(_ entry: Node.Entry) -> Node.Entry {
    guard variables.contains(entry.keyText) else { return replacing(entry, conceal(entry.value, .plain)) }
    let concealed = conceal(entry.value, .secret(entry.keyText))
    if entry.value.text == nil {
      log.error(entry.value, Self.axisObjection(to: entry.keyText), hint: "a secret refers to it: ${\(entry.keyText)}")
      return replacing(entry, conceal(entry.value, .plain))
    }
    return replacing(entry, concealed)
  }

  /// The labelled use of a plugin.
  private func use(_ entry: Node.Entry, _ kind: PluginDescription.Kind) -> Node.Entry {
    guard let parameters = entry.value.entries else { return replacing(entry, conceal(entry.value, .plain)) }
    let name = entry.value[ParameterName.plugin]?.text ?? entry.keyText
    let plugin = kind == .workload ? catalog.workload(name) : catalog.strategy(name)
    var result = entry.value
    result.content = .mapping(parameters.map { parameter($0, of: plugin.map { [$0] } ?? []) })
    return replacing(entry, result)
  }

  private func parameter(_ entry: Node.Entry, of plugins: [PluginDescription]) -> Node.Entry {
    let name = entry.keyText
    if plugins.contains(where: { $0.parameter(name)?.isSecret == true }) {
      return replacing(entry, conceal(entry.value, .secret(name)))
    }
    guard name.lowercased().contains("header"), let headers = entry.value.entries else {
      return replacing(entry, conceal(entry.value, isProxy(name) ? .proxy : .plain))
    }
    var result = entry.value
    result.content = .mapping(headers.map { named($0) })
    return replacing(entry, result)
  }

  // MARK: - Nodes

  private func conceal(_ node: Node, _ role: Role) -> Node {
    var result = node
    switch node.content {
    case .scalar(let scalar):
      guard !node.isNull else { return node }
      resolve(scalar.text, at: node)
      let text = concealed(scalar.text, role, at: node)
      if text != scalar.text {
        result.content = .scalar(Node.Scalar(text: text, isPlain: scalar.isPlain, template: scalar.template))
      }
    case .sequence(let items):
      let inner = if case .secret = role { role } else { Role.item }
      result.content = .sequence(items.map { conceal($0, inner) })
    case .mapping(let entries):
      let inner = if case .secret = role { role } else { Role.plain }
      result.content = .mapping(entries.map { replacing($0, conceal($0.value, inner)) })
    }
    return result
  }

  /// Looks up the variables of the environment that a text refers to.
  private func resolve(_ text: String, at node: Node) {
    guard text.contains("${") else { return }
    if Secrets.isReferred(in: text), text.contains("$${") { log.secrets.addEscape() }
    for case .reference(let name) in SecretTemplate.pieces(of: text) {
      if let variable = Secrets.variable(of: name) {
        if !Template.isName(variable) {
          log.error(node, "'\(variable)' can't be the name of an environment variable")
        } else if !log.secrets.add(variable: variable) {
          log.error(
            node, "the environment variable '\(variable)' isn't set", hint: "export \(variable)=… before the run")
        }
      } else if Secrets.isReference(name) {
        log.error(node, "'\(name)' isn't a variable's name", hint: "write $${ for a '${' that means itself")
      }
    }
  }

  private func concealed(_ text: String, _ role: Role, at node: Node) -> String {
    if case .secret(let name) = role { return hidden(text, named: name, at: node) }
    let isItem = if case .item = role { true } else { false }
    let isProxy = if case .proxy = role { true } else { false }
    let places = SecretSyntax.places(in: text, isProxy: isProxy, isArgument: isItem)
    return SecretSyntax.replace(places, in: text) { place, part in hidden(part, named: place.name, at: node) }
  }

  /// Returns a text with references in the place of all that isn't one yet.
  private func hidden(_ text: String, named name: String, at node: Node) -> String {
    let pieces = SecretTemplate.pieces(of: text)
    var result = ""
    for (index, piece) in pieces.enumerated() {
      switch piece {
      case .reference(let name):
        if !Secrets.isReference(name) { variables.insert(name) }
        result += "${\(name)}"
      case .text(let text):
        let isScheme = index == 0 && pieces.count > 1 && Self.schemes.contains(text.trimmed.lowercased())
        if text.isEmpty || isScheme {
          result += text
        } else {
          result += log.secrets.add(String(text), of: node, named: name)
        }
      }
    }
    return result
  }

  /// Words that stand before a secret, and are none.
  private static let schemes: Set<String> = ["bearer", "basic", "token", "digest", "apikey"]

  static func axisObjection(to name: String) -> String {
    "a secret can't be an axis: the levels of '\(name)' stand in cell ids and tables"
  }
}
