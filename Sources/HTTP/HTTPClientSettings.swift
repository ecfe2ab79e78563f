package import Time

/// How requests are made: the same for all those of a client.
package struct HTTPClientSettings: Sendable {
  /// A version of the protocol.
  package enum Version: String, Sendable, CaseIterable {
    case http1 = "1.1"
    /// Over TLS agreed on in the handshake; without TLS from the first byte on, where libcurl 7.88 can't keep connections.
    case http2 = "2"
  }

  /// The method of every request.
  package var method = "GET"
  /// The body of every request with POST, PUT or PATCH; `nil`: a body of no bytes.
  ///
  /// A redirect repeats it with PUT and PATCH. POST becomes GET after 301 to 303.
  package var body: RequestBody?
  /// Names and values. With `Accept-Encoding`, bodies are decoded.
  package var headers: [(name: String, value: String)] = []
  /// Of one request, redirects included.
  package var timeout = Nanoseconds.seconds(10)
  /// Whether a redirect is followed to its end.
  package var followsRedirects = true
  /// A body that is larger is a failure.
  package var maxBytes: Int?
  /// The version that requests are made in.
  package var version = Version.http1
  /// Whether a server's certificate has to be valid.
  package var verifiesTLS = true
  /// The path of a file of certificates in PEM that servers are checked by; `nil`: those of the system.
  package var certificateFile: String?
  /// Its URL; `nil`: none, whatever the environment says.
  package var proxy: String?
  /// Whether a connection is kept for the next request.
  package var reusesConnections = true
  /// Whether a handle keeps the cookies that servers set, and sends them with its later requests.
  package var keepsCookies = false
  /// Whether the CRC-32 of bodies is wanted.
  package var computesChecksum = false

  /// More is a failure.
  package static let maximumRedirects = 10

  /// The defaults.
  package init() {}
}
