internal import CLibcurl
package import EventLoop

/// Makes requests for the tasks of one event loop: the one session that they share.
///
/// A lane makes one request at a time. Lanes are grouped: a group shares its connections, and is small because libcurl
/// walks through all of them now and then. On the loop's thread only.
package final class LoopClient {
  private let loop: EventLoop
  private let settings: HTTPClientSettings
  private var groups: [TransferGroup] = []

  /// Makes a client without connections.
  package init(_ settings: HTTPClientSettings, on loop: EventLoop) {
    self.settings = settings
    self.loop = loop
  }

  deinit {
    for group in groups { group.close() }
  }

  /// - Throws: `LibcurlError`
  package func openLane() throws -> Lane {
    let handle = try EasyHandle(settings)
    if groups.last?.hasRoom != true { groups.append(try TransferGroup(on: loop)) }
    return Lane(handle, in: groups[groups.count - 1], of: self)
  }

  /// Makes requests one after the other, suspending the task meanwhile.
  package final class Lane {
    private let handle: EasyHandle
    private let group: TransferGroup
    /// Its groups are closed with it.
    private let client: LoopClient

    fileprivate init(_ handle: EasyHandle, in group: TransferGroup, of client: LoopClient) {
      self.handle = handle
      self.group = group
      self.client = client
      group.adopt(handle)
    }

    /// - Throws: `HTTPFailure`; `LibcurlError` where there is no memory.
    package func fetch(_ url: String) async throws -> HTTPResponse {
      try handle.prepare(url)
      let code = await group.transfer(handle)
      return try handle.response(code)
    }
  }
}
