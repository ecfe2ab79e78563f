internal import FoundationEssentials
internal import Model

/// One message a line: a JSON object with a `type`. A field that isn't known is ignored.
extension HostMessage {
  private enum Kind: String, Codable {
    case prepare, run
  }

  package func line() throws -> [UInt8] {
    switch self {
    case .prepare(let preparation): try encode(Kind.prepare.rawValue, preparation)
    case .run: try encode(Kind.run.rawValue, Nothing())
    }
  }

  package init(line: some Sequence<UInt8>) throws(ConversationError) {
    let data = Data(line)
    let type = try messageType(data)
    switch Kind(rawValue: type) {
    case .prepare: self = .prepare(try decode(data))
    case .run: self = .run
    case nil: throw .unknownType(type)
    }
  }
}

extension PluginMessage {
  private enum Kind: String, Codable {
    case ready, done, error
  }

  private struct Complaint: Codable {
    var message: String
  }

  package func line() throws -> [UInt8] {
    switch self {
    case .ready: try encode(Kind.ready.rawValue, Nothing())
    case .done(let done): try encode(Kind.done.rawValue, done)
    case .error(let message): try encode(Kind.error.rawValue, Complaint(message: message))
    }
  }

  package init(line: some Sequence<UInt8>) throws(ConversationError) {
    let data = Data(line)
    let type = try messageType(data)
    switch Kind(rawValue: type) {
    case .ready: self = .ready
    case .done: self = .done(try decode(data))
    case .error:
      let complaint: Complaint = try decode(data)
      self = .error(complaint.message)
    case nil: throw .unknownType(type)
    }
  }
}

private struct Nothing: Codable {}

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

private func decode<Payload: Decodable>(_ data: Data) throws(ConversationError) -> Payload {
  do {
    return try JSONDecoder().decode(Payload.self, from: data)
  } catch {
    throw .badMessage(excerpt(data), "\(shortReason(error))")
  }
}

private func messageType(_ data: Data) throws(ConversationError) -> String {
  struct Header: Decodable {
    var type: String
  }
  let header: Header = try decode(data)
  return header.type
}

private func excerpt(_ data: Data) -> String {
  String(decoding: data.prefix(80), as: UTF8.self) + (data.count > 80 ? "…" : "")
}

private func shortReason(_ error: any Error) -> String {
  func path(_ context: DecodingError.Context, _ key: (any CodingKey)? = nil) -> String {
    (context.codingPath + (key.map { [$0] } ?? [])).map(\.stringValue).joined(separator: ".")
  }
  return switch error {
  case DecodingError.keyNotFound(let key, let context): "'\(path(context, key))' is missing"
  case DecodingError.typeMismatch(_, let context), DecodingError.valueNotFound(_, let context):
    context.codingPath.isEmpty ? "it isn't an object" : "'\(path(context))' has the wrong type"
  default: "it isn't JSON"
  }
}
