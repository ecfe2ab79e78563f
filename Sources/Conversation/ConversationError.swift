/// How a conversation went wrong.
package enum ConversationError: Error, Hashable, CustomStringConvertible {
  case badMessage(String, String)
  case unknownType(String)
  /// A message that has no place at this point.
  case outOfTurn(got: String, expected: String)
  case lineTooLong(limit: Int)
  case ended(before: String)

  /// A sentence for the user.
  package var description: String {
    switch self {
    case .badMessage(let text, let reason): "bad message, \(reason): \(text)"
    case .unknownType(let type): "unknown message type '\(type)'"
    case .outOfTurn(let got, let expected): "'\(got)' came where '\(expected)' was expected"
    case .lineTooLong(let limit): "a message of more than \(limit) bytes"
    case .ended(let expected): "it ended before it said '\(expected)'"
    }
  }
}
