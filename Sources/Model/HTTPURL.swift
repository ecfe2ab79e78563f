/// The parts of an `http` or `https` URL that concrun needs.
package struct HTTPURL: Hashable, Sendable {
  /// The host in lower case; an IPv6 address without its brackets.
  package var host: String
  /// A Boolean value that is true if the scheme is `https`.
  package var isSecure: Bool

  /// Parses a URL with scheme `http` or `https`; `nil` if the text isn't one.
  package init?(_ text: String) {
    try? self.init(checking: text)
  }

  /// Parses a URL, or throws the reason why the text isn't one.
  ///
  /// - Parameter schemes: the accepted schemes, in lower case.
  package init(checking text: String, schemes: [String] = ["http", "https"]) throws(Problem) {
    guard let colon = text.firstRange(of: "://") else { throw .noScheme(schemes) }
    let scheme = text[..<colon.lowerBound].lowercased()
    guard schemes.contains(scheme) else { throw .scheme(scheme, schemes) }
    isSecure = scheme == "https"
    let odd = text.unicodeScalars.first {
      !$0.isASCII || $0.value <= 0x20 || $0.value == 0x7f || Self.unsafe.contains($0)
    }
    if let odd { throw .character(odd) }
    let authority = text[colon.upperBound...].prefix { !"/?#".contains($0) }
    let address = authority.lastIndex(of: "@").map { authority[authority.index(after: $0)...] } ?? authority
    let port: Substring
    if address.hasPrefix("[") {
      guard let end = address.firstIndex(of: "]") else { throw .host }
      host = address[address.index(after: address.startIndex)..<end].lowercased()
      port = address[address.index(after: end)...]
    } else {
      host = address.prefix { $0 != ":" }.lowercased()
      port = address[address.index(address.startIndex, offsetBy: host.count)...]
    }
    guard !host.isEmpty else { throw .host }
    guard port.isEmpty || (port.hasPrefix(":") && UInt16(port.dropFirst()) != nil) else { throw .port(String(port)) }
  }

  private static let unsafe = "\"<>\\^`{|}".unicodeScalars

  /// The reason why a text is not an accepted URL.
  package enum Problem: Error, Hashable, CustomStringConvertible {
    case noScheme([String])
    case scheme(String, [String])
    case character(Unicode.Scalar)
    case host
    case port(String)

    /// The part of a message that names the fault.
    package var description: String {
      switch self {
      case .noScheme(let schemes): "a URL begins with \(schemes.map { "\($0)://" }.joined(separator: " or "))"
      case .scheme(let scheme, let schemes): "'\(scheme)' is none of \(schemes.joined(separator: ", "))"
      case .character(let scalar):
        "'\(scalar)' can't stand in a URL: write "
          + String(scalar).utf8.map { "%" + String($0, radix: 16, uppercase: true) }.joined()
      case .host: "it names no host"
      case .port(let text): "'\(text)' isn't a port"
      }
    }
  }

  /// Returns a URL that is safe to show: `***` replaces its password, and values of its query with names of secrets.
  package static func shown(_ text: String) -> String { SecretSyntax.masked(text) }

  /// A Boolean value that is true if the host is one of the names that always mean this machine.
  package var isLocal: Bool {
    host == "localhost" || host.hasSuffix(".localhost") || host == "::1"
      || (host.hasPrefix("127.") && host.split(separator: ".").compactMap { UInt8($0) }.count == 4)
  }
}
