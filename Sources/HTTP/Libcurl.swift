internal import CLibcurl

/// libcurl, loaded when it is first needed.
package enum Libcurl {
  /// - Throws: where it isn't installed, or can't be used.
  package static func load() throws(LibcurlError) {
    if let problem = clibcurl_load() { throw LibcurlError(reason: String(cString: problem)) }
  }

  /// `libcurl/7.88.1 OpenSSL/3.0.17 …`; loads it.
  package static func version() throws(LibcurlError) -> String {
    try load()
    return String(cString: clibcurl_version())
  }
}

extension Libcurl {
  /// HTTP/2 without TLS fails on connections that were kept (curl's issue 10634).
  static let breaksKeptHTTP2 = (try? version())?.hasPrefix("libcurl/7.88.") ?? false
}

/// An error that makes every request impossible.
package struct LibcurlError: Error, Hashable, CustomStringConvertible {
  /// What libcurl lacks, in words.
  package var reason: String

  /// A sentence for the user, with a remedy.
  package var description: String { "libcurl can't be used (Debian's package is libcurl4): \(reason)" }
}
