package import Model

/// What an external plugin says of itself.
package struct PluginOffer: Hashable, Sendable, Codable {
  /// The only version of the conversation so far.
  package static let supportedProtocol = 1
  /// More strategies, or parameters of one, aren't looked at.
  private static let mostOffered = 1000

  /// The version of the protocol that the plugin speaks.
  package var `protocol`: Int
  /// Its strategies.
  package var strategies: [Strategy]

  /// Makes an offer.
  package init(protocol: Int = Self.supportedProtocol, strategies: [Strategy]) {
    self.protocol = `protocol`
    self.strategies = strategies
  }

  /// What another version of the conversation says beside its number, nobody here knows.
  package init(from decoder: any Decoder) throws {
    let fields = try decoder.container(keyedBy: CodingKeys.self)
    self.protocol = try fields.decode(Int.self, forKey: .protocol)
    strategies = self.protocol == Self.supportedProtocol ? try fields.decode([Strategy].self, forKey: .strategies) : []
  }

  /// A strategy that a plugin offers.
  package struct Strategy: Hashable, Sendable, Codable {
    /// Its name in files.
    package var name: String
    /// A sentence for help.
    package var summary: String?
    /// The workloads that it can do.
    package var workloads: [String]
    /// Its parameters.
    package var parameters: [Parameter]?
    /// `one_thread` or `thread_per_worker`; absent: unknown.
    package var parallelism: String?
    /// Columns of its own.
    package var metrics: [String]?
    /// What it can do beyond running tasks as fast as it can: names of `PluginDescription.Capability`.
    package var capabilities: [String]?
  }

  /// A parameter of such a strategy.
  package struct Parameter: Hashable, Sendable, Codable {
    /// Its name in files.
    package var name: String
    /// The name of its type.
    package var type: String
    /// Of the items of a list or a map.
    package var items: String?
    /// What a choice may be.
    package var choices: [String]?
    /// The value where a file gives none.
    package var `default`: Value?
    /// Whether a file has to give it.
    package var required: Bool?
    /// The smallest value.
    package var minimum: Double?
    /// The largest value.
    package var maximum: Double?
    /// Whether its value is never shown and never stored.
    package var secret: Bool?
    /// A sentence for help.
    package var help: String?
  }
}

/// Why a plugin can't be used, although it answered.
package struct OfferError: Error, Hashable, CustomStringConvertible {
  /// A sentence for the user.
  package var description: String

  init(_ description: String) {
    self.description = description
  }
}

extension PluginOffer {
  /// As built-in strategies describe themselves.
  ///
  /// - Parameter executable: the plugin's program.
  package func descriptions(executable: String) throws(OfferError) -> [PluginDescription] {
    guard self.protocol == Self.supportedProtocol else {
      throw OfferError("it speaks protocol \(self.protocol), and this concrun speaks \(Self.supportedProtocol)")
    }
    guard !strategies.isEmpty else { throw OfferError("it offers no strategy") }
    let most = Self.mostOffered
    guard strategies.count <= most, strategies.allSatisfy({ $0.parameters?.count ?? 0 <= most }) else {
      throw OfferError("it offers more than \(most) strategies, or a strategy with more than \(most) parameters")
    }
    var result: [PluginDescription] = []
    for strategy in strategies {
      guard !result.contains(where: { $0.name == strategy.name }) else {
        throw OfferError("it offers '\(strategy.name)' twice")
      }
      do throws(OfferError) {
        result.append(try strategy.description(executable))
      } catch {
        throw OfferError("strategy '\(strategy.name)': \(error)")
      }
    }
    return result
  }
}

extension PluginOffer.Strategy {
  fileprivate func description(_ executable: String) throws(OfferError) -> PluginDescription {
    guard isName(name) else { throw OfferError("letters, digits and _ make a name, and no digit first") }
    guard !workloads.isEmpty else { throw OfferError("it names no workload that it can do") }
    var schemas: [ParameterSchema] = []
    for parameter in parameters ?? [] {
      guard !schemas.contains(where: { $0.name == parameter.name }) else {
        throw OfferError("parameter '\(parameter.name)' stands twice")
      }
      do throws(OfferError) {
        schemas.append(try parameter.schema())
      } catch {
        throw OfferError("parameter '\(parameter.name)': \(error)")
      }
    }
    for metric in metrics ?? [] where !isName(metric) || ColumnNames.reserved.contains(metric) {
      throw OfferError("a metric can't be called '\(metric)'")
    }
    let known = PluginDescription.Parallelism.named
    if let parallelism, known[parallelism] == nil {
      throw OfferError("unknown parallelism '\(parallelism)': \(known.keys.sorted().joined(separator: " or "))")
    }
    var able: Set<PluginDescription.Capability> = []
    for text in capabilities ?? [] {
      guard let capability = PluginDescription.Capability(rawValue: text) else {
        let all = PluginDescription.Capability.allCases.map(\.rawValue).joined(separator: ", ")
        throw OfferError("unknown capability '\(text)'; known: \(all)")
      }
      able.insert(capability)
    }
    return PluginDescription(
      .strategy, name, summary: summary?.singleLine ?? "A strategy of \(executable).", parameters: schemas,
      metrics: (metrics ?? []).map { PluginDescription.Metric($0) },
      parallelism: parallelism.flatMap { known[$0] } ?? .unknown,
      external: PluginDescription.External(executable: executable, workloads: workloads, capabilities: able))
  }
}

extension PluginOffer.Parameter {
  private static let scalars: [String: ParameterType] = [
    "boolean": .boolean, "integer": .integer, "number": .number, "string": .string, "duration": .duration,
    "size": .size, "share": .share, "rate": .rate, "file": .file,
  ]

  fileprivate func schema() throws(OfferError) -> ParameterSchema {
    guard isName(name) else { throw OfferError("letters, digits and _ make a name, and no digit first") }
    guard name != ParameterName.plugin, name == ParameterName.maxWorkers || !ColumnNames.reserved.contains(name) else {
      throw OfferError("that is a column of the results, or a word of experiment files")
    }
    let type = try parameterType()
    // concrun itself goes by these.
    let isCount = name == ParameterName.maxWorkers || name == ParameterName.chunkSize
    if isCount, type != .integer { throw OfferError("it must be an integer") }
    let minimum = isCount ? max(1, minimum ?? 1) : minimum
    if let minimum, let maximum, minimum > maximum { throw OfferError("its minimum is above its maximum") }
    let isSecret = secret ?? false
    if isSecret, ![.string, .list(.string), .map(.string)].contains(type) {
      throw OfferError("only a string, and a list or a map of strings, can be secret")
    }
    if isSecret, let value = `default`, value != .null { throw OfferError("a secret can't have a default") }
    let schema = ParameterSchema(
      name, type, default: `default` == .null ? nil : `default`, required: required ?? false, minimum: minimum,
      maximum: maximum, secret: isSecret, help: (help ?? "").singleLine)
    if let value = schema.defaultValue, !type.accepts(value) || !schema.isInRange(value) {
      throw OfferError("its default isn't \(type.name) in its range: \(value)")
    }
    return schema
  }

  private func parameterType() throws(OfferError) -> ParameterType {
    switch type {
    case "choice":
      guard let choices, !choices.isEmpty else { throw OfferError("a choice needs 'choices'") }
      guard Set(choices).count == choices.count, choices.allSatisfy({ !$0.isEmpty && $0 == $0.singleLine }) else {
        throw OfferError("its choices must differ, and be texts of one line")
      }
      return .choice(choices)
    case "list", "map":
      guard let item = Self.scalars[items ?? "string"] else {
        throw OfferError("unknown type of items '\(items ?? "")'")
      }
      return type == "list" ? .list(item) : .map(item)
    case let name:
      guard let scalar = Self.scalars[name] else {
        let known = Self.scalars.keys.sorted() + ["choice", "list", "map"]
        throw OfferError("unknown type '\(name)'; known: \(known.joined(separator: ", "))")
      }
      return scalar
    }
  }
}

/// Letters, digits and _, and no digit first: what can be a column or a reference.
private func isName(_ text: String) -> Bool {
  guard let first = text.utf8.first, !(UInt8(ascii: "0")...UInt8(ascii: "9")).contains(first) else { return false }
  return text.utf8.count <= 64
    && text.utf8.allSatisfy { byte in
      switch byte {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
        UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"):
        true
      default: false
      }
    }
}
