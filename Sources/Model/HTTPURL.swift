/// The parts of an `http` or `https` URL that concrun needs.
package struct HTTPURL: Hashable, Sendable {
  /// The host in ASCII and lower case; an IPv6 address without its brackets.
  package var host: String
  /// A Boolean value that is true if the scheme is `https`.
  package var isSecure: Bool
  /// The URL as it is requested: its host in ASCII, and all else as it was written.
  package var request: String

  /// Parses a URL with scheme `http` or `https`; `nil` if the text isn't one.
  package init?(_ text: String) {
    try? self.init(checking: text)
  }

  /// Parses a URL, or throws the reason why the text isn't one.
  ///
  /// A host may have letters of all languages; in all other parts they need percent encoding.
  ///
  /// - Parameter schemes: the accepted schemes, in lower case.
  package init(checking text: String, schemes: [String] = ["http", "https"]) throws(Problem) {
    guard let colon = text.firstRange(of: "://") else { throw .noScheme(schemes) }
    let scheme = text[..<colon.lowerBound].lowercased()
    guard schemes.contains(scheme) else { throw .scheme(scheme, schemes) }
    isSecure = scheme == "https"
    // Scalars, not characters: a mark behind a slash would hide it.
    let scalars = text.unicodeScalars
    let name = try Self.name(in: scalars, from: colon.upperBound)
    let odd = scalars.indices.first { index in
      let scalar = scalars[index]
      if !scalar.isASCII { return name.isAddress || !name.range.contains(index) }
      return scalar.value <= 0x20 || scalar.value == 0x7f || Self.unsafe.contains(scalar)
    }
    if let odd { throw .character(scalars[odd]) }
    let written = String(scalars[name.range])
    if name.isAddress {
      host = written.lowercased()
      request = text
    } else {
      do throws(HostName.Problem) {
        host = try HostName.ascii(written)
      } catch {
        throw .name(error)
      }
      let isASCII = written.utf8.allSatisfy { $0 < 0x80 }
      request =
        isASCII ? text : String(scalars[..<name.range.lowerBound]) + host + String(scalars[name.range.upperBound...])
    }
    guard !host.isEmpty else { throw .host }
    let port = String(scalars[name.port])
    guard port.isEmpty || (port.hasPrefix(":") && UInt16(port.dropFirst()) != nil) else { throw .port(port) }
  }

  private typealias Name = (range: Range<String.Index>, port: Range<String.Index>, isAddress: Bool)

  /// Returns the places of the host, without brackets, and of what follows it in the authority.
  private static func name(in scalars: String.UnicodeScalarView, from start: String.Index) throws(Problem) -> Name {
    let end = scalars[start...].firstIndex { "/?#".unicodeScalars.contains($0) } ?? scalars.endIndex
    let authority = scalars[start..<end]
    let first = authority.lastIndex(of: "@").map { scalars.index(after: $0) } ?? start
    if first < end, scalars[first] == "[" {
      guard let close = scalars[first..<end].firstIndex(of: "]") else { throw .host }
      return (scalars.index(after: first)..<close, scalars.index(after: close)..<end, true)
    }
    let colon = scalars[first..<end].firstIndex(of: ":") ?? end
    return (first..<colon, colon..<end, false)
  }

  private static let unsafe = "\"<>\\^`{|}".unicodeScalars

  /// The reason why a text is not an accepted URL.
  package enum Problem: Error, Hashable, CustomStringConvertible {
    case noScheme([String])
    case scheme(String, [String])
    case character(Unicode.Scalar)
    case host
    case name(HostName.Problem)
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
      case .name(let problem): "\(problem)"
      case .port(let text): "'\(text)' isn't a port"
      }
    }
  }

  /// Returns a URL that is safe to show: `***` replaces its password, and values of its query with names of secrets.
  ///
  /// Where its host has another form, in ASCII or in letters of a language, that follows in parentheses.
  package static func shown(_ text: String) -> String {
    let shown = SecretSyntax.masked(text)
    if text.utf8.allSatisfy({ $0 < 0x80 }), !text.lowercased().contains("xn--") { return shown }
    guard let url = HTTPURL(shown) else { return shown }
    let readable = HostName.readable(url.host)
    return readable == url.host ? shown : "\(shown) (\(url.request == shown ? readable : url.host))"
  }

  /// Returns the host in ASCII that a text names, without scheme, port and path; `nil` if it names none.
  package static func host(named text: String) throws(HostName.Problem) -> String? {
    if text.unicodeScalars.contains(where: { ":/?#@[]".unicodeScalars.contains($0) }) { return nil }
    do throws(Problem) {
      return try HTTPURL(checking: "http://\(text)/").host
    } catch .name(let problem) {
      throw problem
    } catch {
      return nil
    }
  }

  /// A Boolean value that is true if the host is one of the names that always mean this machine.
  package var isLocal: Bool {
    host == "localhost" || host.hasSuffix(".localhost") || host == "::1"
      || (host.hasPrefix("127.") && host.split(separator: ".").compactMap { UInt8($0) }.count == 4)
  }
}
