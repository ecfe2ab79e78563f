/// Why a request came to nothing.
package struct HTTPFailure: Error, Hashable, CustomStringConvertible {
  /// The class of a failure.
  package enum Kind: String, Sendable, CaseIterable {
    /// The host's name is unknown.
    case resolve
    /// No connection, for another reason than those below.
    case connect
    /// Nobody listens on that port.
    case refused
    case tls
    case timeoutConnect = "timeout_connect"
    case timeoutFirstByte = "timeout_first_byte"
    case timeoutBody = "timeout_body"
    /// The connection broke.
    case reset
    /// The body ended before the length that was announced.
    case truncated
    case tooLarge = "too_large"
    case tooManyRedirects = "too_many_redirects"
    /// What came isn't HTTP, or not the version that was asked for.
    case `protocol`
  }

  /// The class.
  package var kind: Kind
  /// libcurl's words, or ours.
  package var message: String
  /// Of the body, as far as it came.
  package var bytes: Int

  /// Makes a failure.
  package init(_ kind: Kind, _ message: String, bytes: Int = 0) {
    self.kind = kind
    self.message = message
    self.bytes = bytes
  }

  /// The class and the message.
  package var description: String { "\(kind.rawValue): \(message)" }
}
