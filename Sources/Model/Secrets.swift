/// The secrets of an experiment: references stand for them in its plan, and only here are their texts.
///
/// `${env:NAME}` stands for a variable of the environment, `${secret:NAME}` for a text of the file. Plans, manifests
/// and digests have the references. `Plan.revealed` puts the texts in their place for trials and hooks.
package struct Secrets: Sendable {
  /// The text that replaces a secret in messages and outputs.
  package static let mask = "***"
  /// The least number of bytes that a secret has to have to be searched for in other texts.
  package static let leastSearched = 8
  private static let environmentPrefix = "env:"
  private static let filePrefix = "secret:"

  /// The texts by their references.
  private var texts: [String: String] = [:]
  /// The values of parameters that are no texts, by the parameter's type and the value in the plan.
  private var typed: [TypedKey: Value] = [:]
  private var search = SecretSearch()
  /// A Boolean value that is true if `$${env:NAME}` in a text means `${env:NAME}` itself.
  package var hasEscapes = false

  private struct TypedKey: Hashable {
    var type: String
    var shown: Value
  }

  /// Makes an empty set.
  package init() {}

  /// A Boolean value that is true if there is no secret.
  package var isEmpty: Bool { texts.isEmpty }

  /// Returns the reference to a variable of the environment.
  package static func reference(toVariable name: String) -> String { "${\(environmentPrefix)\(name)}" }

  /// Returns the name of a variable of the environment, for the name in a `${…}` that means one; `nil` for others.
  package static func variable(of name: some StringProtocol) -> String? {
    name.hasPrefix(environmentPrefix) ? String(name.dropFirst(environmentPrefix.count)) : nil
  }

  /// Returns whether the name in a `${…}` is that of a secret.
  package static func isReference(_ name: some StringProtocol) -> Bool {
    name.hasPrefix(environmentPrefix) || name.hasPrefix(filePrefix)
  }

  /// Returns whether a text refers to a secret.
  package static func isReferred(in text: String) -> Bool {
    text.contains("${\(environmentPrefix)") || text.contains("${\(filePrefix)")
  }

  /// Adds a variable of the environment.
  package mutating func add(variable name: String, text: String) {
    texts[Self.reference(toVariable: name)] = text
    search.add(text)
  }

  /// Adds a text of the file, and returns the reference that stands for it.
  ///
  /// Equal texts of one name have one reference. The second of two different ones is `${secret:NAME#2}`.
  package mutating func add(_ text: String, named name: String) -> String {
    let safe = String(name.map { $0.isASCII && ($0.isLetter || $0.isNumber || "_-.".contains($0)) ? $0 : "_" })
    var number = 1
    while true {
      let reference = "${\(Self.filePrefix)\(safe)\(number == 1 ? "" : "#\(number)")}"
      if let known = texts[reference], known != text {
        number += 1
        continue
      }
      texts[reference] = text
      search.add(text)
      return reference
    }
  }

  /// Adds the value of a parameter that isn't a text, and stands as `shown` in the plan.
  package mutating func add(_ value: Value, of type: ParameterType, shown: Value) {
    typed[TypedKey(type: type.name, shown: shown)] = value
  }

  /// Adds all secrets of another experiment, to search for them.
  package mutating func formUnion(_ other: Secrets) {
    for (reference, text) in other.texts { texts[reference] = text }
    search.formUnion(other.search)
  }

  // MARK: - Revealing

  /// Returns a text with every secret in its place.
  package func reveal(_ text: String) -> String {
    guard Self.isReferred(in: text) else { return text }
    var result = ""
    var rest = text[...]
    while let open = rest.firstRange(of: "${"), let close = rest[open.upperBound...].firstIndex(of: "}") {
      let reference = rest[open.lowerBound...close]
      let before = rest[..<open.lowerBound]
      let isEscaped = before.hasSuffix("$") && Self.isReference(rest[open.upperBound...])
      result += before.dropLast(isEscaped ? 1 : 0)
      guard !isEscaped, let secret = texts[String(reference)] else {
        result += "${"
        rest = rest[open.upperBound...]
        continue
      }
      result += secret
      rest = rest[rest.index(after: close)...]
    }
    return result + rest
  }

  /// Returns a value with every secret in its place.
  package func reveal(_ value: Value) -> Value {
    switch value {
    case .string(let text): .string(reveal(text))
    case .list(let values): .list(values.map { reveal($0) })
    case .map(let values): .map(values.mapValues { reveal($0) })
    case .null, .boolean, .integer, .number: value
    }
  }

  /// Returns a plugin with every secret in its place.
  package func reveal(_ plugin: ResolvedPlugin) -> ResolvedPlugin {
    guard !texts.isEmpty || hasEscapes else { return plugin }
    var plugin = plugin
    for (name, value) in plugin.parameters {
      let type = plugin.description.parameter(name)?.type.name ?? ""
      plugin.parameters[name] = typed[TypedKey(type: type, shown: value)] ?? reveal(value)
    }
    return plugin
  }

  /// Returns commands with every secret in its place.
  package func reveal(_ hooks: Hooks) -> Hooks {
    var hooks = hooks
    hooks.commands = hooks.commands.mapValues { $0.map { reveal($0) } }
    return hooks
  }

  // MARK: - Masking

  /// Returns a text that came from elsewhere without the secrets in it that have at least 8 bytes.
  ///
  /// They are found as they are, in percent encoding, in Base64 and as JSON, and if half of one was cut off.
  package func masked(_ text: String) -> String {
    search.isEmpty ? text : search.masked(text)
  }

  /// Returns a message about a value without the secrets that the value refers to, however short they are.
  package func masked(_ text: String, about value: String) -> String {
    let referred = texts.filter { !$0.value.isEmpty && value.contains($0.key) }
    return masked(
      referred.sorted { $0.value.utf8.count > $1.value.utf8.count }
        .reduce(text) { $0.replacing($1.value, with: $1.key) })
  }

  /// Returns the parts of a text that `masked` replaces, as offsets into its UTF-8.
  package func ranges(in bytes: [UInt8]) -> [Range<Int>] { search.ranges(in: bytes) }

  /// Returns the arguments of a process without secrets: those that `--set` gives to a secret's name, too.
  package func masked(arguments: [String]) -> [String] {
    arguments.enumerated().map { index, argument in
      let isSet = argument.hasPrefix("--set=") || (index > 0 && arguments[index - 1] == "--set")
      guard isSet else { return masked(SecretSyntax.masked(argument)) }
      let option = argument.hasPrefix("--set=") ? "--set=" : ""
      return option + masked(assignment: String(argument.dropFirst(option.count)))
    }
  }

  /// Returns an assignment of the command line, `KEY=VALUE`, without its value if that has a secret.
  package func masked(assignment: String) -> String {
    let text = SecretSyntax.masked(assignment: assignment)
    guard let equals = text.firstIndex(of: "=") else { return masked(text) }
    let value = text[text.index(after: equals)...]
    let hasSecret = texts.values.contains { $0.utf8.count > 2 && value.contains($0) }
    return hasSecret ? text[...equals] + Self.mask : masked(text)
  }
}

extension Secrets: CustomStringConvertible, CustomReflectable {
  /// The number of secrets, never their texts.
  package var description: String { "\(texts.count) secrets" }

  /// A mirror without the texts, for what dumps values.
  package var customMirror: Mirror { Mirror(self, children: []) }
}

extension Plan {
  /// The plan with every secret in its place, for what runs trials and hooks.
  package var revealed: Plan {
    guard !secrets.isEmpty || secrets.hasEscapes else { return self }
    var plan = self
    plan.environment = environment.mapValues { secrets.reveal($0) }
    plan.hooks = secrets.reveal(hooks)
    for index in plan.cells.indices {
      plan.cells[index].workloadPlugin = cells[index].workloadPlugin.map { secrets.reveal($0) }
      plan.cells[index].strategyPlugin = secrets.reveal(cells[index].strategyPlugin)
      plan.cells[index].environment = cells[index].environment.mapValues { secrets.reveal($0) }
      plan.cells[index].hooks = secrets.reveal(cells[index].hooks)
    }
    return plan
  }
}
