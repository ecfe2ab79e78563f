/// The parts of an `http` or `https` URL that concrun looks at.
package struct HTTPURL: Hashable, Sendable {
  /// In lower case; an IPv6 address without its brackets.
  package var host: String
  package var isSecure: Bool

  /// - Returns: `nil` where this isn't an absolute URL of HTTP, or has characters that a URL can't have.
  package init?(_ text: String) {
    guard let colon = text.firstRange(of: "://") else { return nil }
    switch text[..<colon.lowerBound].lowercased() {
    case "http": isSecure = false
    case "https": isSecure = true
    default: return nil
    }
    guard text.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7f && !"\"<>\\^`{|}".utf8.contains($0) }) else { return nil }
    let authority = text[colon.upperBound...].prefix { !"/?#".contains($0) }
    let address = authority.lastIndex(of: "@").map { authority[authority.index(after: $0)...] } ?? authority
    let port: Substring
    if address.hasPrefix("[") {
      guard let end = address.firstIndex(of: "]") else { return nil }
      host = address[address.index(after: address.startIndex)..<end].lowercased()
      port = address[address.index(after: end)...]
    } else {
      host = address.prefix { $0 != ":" }.lowercased()
      port = address[address.index(address.startIndex, offsetBy: host.count)...]
    }
    guard !host.isEmpty, port.isEmpty || (port.hasPrefix(":") && UInt16(port.dropFirst()) != nil) else { return nil }
  }

  /// Whether the host is this machine, by one of the names that always mean it.
  package var isLocal: Bool {
    host == "localhost" || host.hasSuffix(".localhost") || host == "::1"
      || (host.hasPrefix("127.") && host.split(separator: ".").count == 4)
  }
}
