internal import FoundationEssentials
internal import Model

/// One message a line: a JSON object with a `type`. A field that isn't known is ignored.
extension HostMessage {
  private enum Kind: String, Codable {
    case describe, prepare, run
  }

  /// Returns the message as a line, with its line feed.
  package func line() throws -> [UInt8] {
    switch self {
    case .describe: try encode(Kind.describe.rawValue, Greeting(protocol: PluginOffer.supportedProtocol))
    case .prepare(let preparation): try encode(Kind.prepare.rawValue, preparation)
    case .run: try encode(Kind.run.rawValue, Nothing())
    }
  }

  /// Reads a line.
  package init(line: some Sequence<UInt8>) throws(ConversationError) {
    let data = Data(line)
    let type = try messageType(data)
    switch Kind(rawValue: type) {
    case .describe: self = .describe
    case .prepare: self = .prepare(try decode(data))
    case .run: self = .run
    case nil: throw .unknownType(type)
    }
  }
}

extension PluginMessage {
  private enum Kind: String, Codable {
    case description, ready, tasks, done, error
  }

  private struct Tasks: Codable {
    var tasks: [TaskReport]
  }

  /// Returns the message as a line, with its line feed.
  package func line() throws -> [UInt8] {
    switch self {
    case .description(let offer): try encode(Kind.description.rawValue, offer)
    case .ready: try encode(Kind.ready.rawValue, Nothing())
    case .tasks(let tasks): try encode(Kind.tasks.rawValue, Tasks(tasks: tasks))
    case .done(let done): try encode(Kind.done.rawValue, done)
    case .error(let complaint): try encode(Kind.error.rawValue, complaint)
    }
  }

  /// Reads a line.
  package init(line: some Sequence<UInt8>) throws(ConversationError) {
    let data = Data(line)
    let type = try messageType(data)
    switch Kind(rawValue: type) {
    case .description: self = .description(try decode(data))
    case .ready: self = .ready
    case .tasks:
      let tasks: Tasks = try decode(data)
      self = .tasks(tasks.tasks)
    case .done: self = .done(try decode(data))
    case .error: self = .error(try decode(data))
    case nil: throw .unknownType(type)
    }
  }
}

private struct Nothing: Codable {}

private struct Greeting: Codable {
  var `protocol`: Int
}

/// A payload's fields beside its type, in one object.
private struct Envelope<Payload: Encodable>: Encodable {
  var type: String
  var payload: Payload

  private enum CodingKeys: String, CodingKey {
    case type
  }

  func encode(to encoder: any Encoder) throws {
    try payload.encode(to: encoder)
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(type, forKey: .type)
  }
}

private func encode(_ type: String, _ payload: some Encodable) throws -> [UInt8] {
  let encoder = JSONEncoder()
  encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
  return try [UInt8](encoder.encode(Envelope(type: type, payload: payload))) + [UInt8(ascii: "\n")]
}

/// - Parameter isJSON: whether that is known already.
private func decode<Payload: Decodable>(_ data: Data, isJSON: Bool = true) throws(ConversationError) -> Payload {
  do {
    return try JSONDecoder().decode(Payload.self, from: data)
  } catch {
    throw .badMessage(excerpt(data), shortReason(error, isJSON: isJSON))
  }
}

private func messageType(_ data: Data) throws(ConversationError) -> String {
  struct Header: Decodable {
    var type: String
  }
  guard String(validating: data, as: UTF8.self) != nil else { throw .badMessage(excerpt(data), "it isn't UTF-8") }
  let header: Header = try decode(data, isJSON: false)
  return header.type
}

private func excerpt(_ data: Data) -> String {
  String(decoding: data.prefix(80), as: UTF8.self).singleLine + (data.count > 80 ? "…" : "")
}

private func shortReason(_ error: any Error, isJSON: Bool) -> String {
  func path(_ context: DecodingError.Context, _ key: (any CodingKey)? = nil) -> String {
    (context.codingPath + (key.map { [$0] } ?? [])).map { $0.intValue.map { "[\($0)]" } ?? $0.stringValue }
      .joined(separator: ".").replacing(".[", with: "[")
  }
  return switch error {
  case DecodingError.keyNotFound(let key, let context): "'\(path(context, key))' is missing"
  case DecodingError.valueNotFound(_, let context) where !context.codingPath.isEmpty:
    "'\(path(context))' is missing"
  case DecodingError.typeMismatch(_, let context), DecodingError.valueNotFound(_, let context):
    context.codingPath.isEmpty ? "it isn't an object" : "'\(path(context))' has the wrong type"
  case DecodingError.dataCorrupted(let context) where !context.codingPath.isEmpty:
    "'\(path(context))' has a value that isn't allowed"
  default: isJSON ? "it has a number that isn't whole, or is too large" : "it isn't JSON"
  }
}
