internal import CLibcurl

/// Makes requests one after the other, blocking the thread meanwhile. It keeps its connections to itself.
package final class BlockingClient {
  private let handle: EasyHandle
  /// Connections that are kept: for so many different hosts.
  private static let connections = 100

  /// - Throws: `LibcurlError`
  package init(_ settings: HTTPClientSettings) throws {
    handle = try EasyHandle(settings, keeping: Self.connections)
  }

  /// - Throws: `HTTPFailure`; `LibcurlError` where there is no memory.
  package func fetch(_ url: String) throws -> HTTPResponse {
    try handle.prepare(url)
    return try handle.response(clibcurl_easy_perform(handle.raw))
  }
}
