internal import Model

extension Manifest {
  /// The manifest with references in the place of secrets, as they stand in it today. Earlier versions stored them.
  var withoutSecrets: Manifest {
    var result = self
    var secrets = Secrets()
    result.plan.environment = secrets.conceal(plan.environment)
    result.plan.hooks = plan.hooks.mapValues { $0.map { secrets.conceal($0, isArgument: true) } }
    for index in plan.cells.indices {
      secrets.conceal(&result.plan.cells[index].strategyPlugin.parameters)
      if let parameters = plan.cells[index].workloadPlugin?.parameters {
        var parameters = parameters
        secrets.conceal(&parameters)
        result.plan.cells[index].workloadPlugin?.parameters = parameters
      }
      result.plan.cells[index].environment = plan.cells[index].environment.map { secrets.conceal($0) }
      result.plan.cells[index].hooks = plan.cells[index].hooks?.mapValues {
        $0.map { secrets.conceal($0, isArgument: true) }
      }
    }
    for index in sittings.indices {
      result.sittings[index].commandLine = secrets.masked(arguments: sittings[index].commandLine)
    }
    return result
  }
}

extension Secrets {
  /// Returns variables with references in the place of secrets.
  fileprivate mutating func conceal(_ variables: [String: String]) -> [String: String] {
    var result = variables
    for (name, text) in variables {
      result[name] = SecretSyntax.isSecret(name) ? reference(to: text, named: name) : conceal(text)
    }
    return result
  }

  fileprivate mutating func conceal(_ parameters: inout [String: Value]) {
    for (name, value) in parameters {
      if name.lowercased().contains("header"), let headers = value.map {
        parameters[name] = .map(
          headers.reduce(into: [:]) { result, header in
            result[header.key] =
              SecretSyntax.isSecret(header.key)
              ? .string(reference(to: header.value.description, named: header.key)) : conceal(header.value)
          })
      } else {
        parameters[name] = conceal(value, isProxy: name.lowercased().contains("proxy"))
      }
    }
  }

  private mutating func conceal(_ value: Value, isProxy: Bool = false, isArgument: Bool = false) -> Value {
    switch value {
    case .string(let text): .string(conceal(text, isProxy: isProxy, isArgument: isArgument))
    case .list(let values): .list(values.map { conceal($0, isArgument: true) })
    case .map(let values): .map(values.mapValues { conceal($0) })
    case .null, .boolean, .integer, .number: value
    }
  }

  fileprivate mutating func conceal(_ text: String, isProxy: Bool = false, isArgument: Bool = false) -> String {
    SecretSyntax.replace(SecretSyntax.places(in: text, isProxy: isProxy, isArgument: isArgument), in: text) {
      reference(to: $1, named: $0.name)
    }
  }

  /// Returns the reference that stands for a secret, or the text if that is one.
  private mutating func reference(to text: String, named name: String) -> String {
    Self.isReferred(in: text) || text.isEmpty ? text : add(text, named: name)
  }
}
