import Glibc
package import NIOCore
internal import NIOPosix
internal import Synchronization

/// The embedded HTTP server: any path, answered as the settings and the query say. ``OriginBody`` says with what.
///
/// It counts what it does, and serves its counts as JSON at `/.concrun/counts`; a POST there starts them again.
package final class OriginServer: Sendable {
  /// The host as it was given.
  package let host: String
  /// The port that the server listens on, never 0.
  package let port: Int
  private let scheme: String
  private let threads: Int
  private let site: Site
  private let group: MultiThreadedEventLoopGroup
  private let isRunning = Atomic(true)

  /// Starts to listen, on threads of its own. Raises this process's limit on open files as far as it may.
  ///
  /// - Parameters:
  ///   - host: a name or an address of this machine.
  ///   - port: 0 takes a free one.
  ///   - makeTLSHandler: makes what stands between each connection's bytes and HTTP; `nil` is nothing.
  package static func start(
    _ settings: OriginSettings, host: String = "127.0.0.1", port: Int = 0,
    makeTLSHandler: (@Sendable () throws -> any ChannelHandler)? = nil
  ) throws(OriginError) -> OriginServer {
    try settings.validate()
    guard (0...65_535).contains(port) else {
      throw .cannotListen(host: host, port: port, reason: "ports are 0 to 65535")
    }
    DescriptorLimit.raise()
    let group = MultiThreadedEventLoopGroup(numberOfThreads: settings.threads)
    let site = Site(settings, loops: Array(group.makeIterator()))
    do {
      let channel = try bootstrap(group, site: site, makeTLSHandler: makeTLSHandler).bind(host: host, port: port).wait()
      return OriginServer(
        scheme: makeTLSHandler == nil ? "http" : "https", host: host, port: channel.localAddress?.port ?? port,
        threads: settings.threads, site: site, group: group)
    } catch {
      try? group.syncShutdownGracefully()
      let reason = (error as? IOError).map { String(cString: strerror($0.errnoCode)) } ?? "\(error)"
      throw .cannotListen(host: host, port: port, reason: reason)
    }
  }

  private init(
    scheme: String, host: String, port: Int, threads: Int, site: Site, group: MultiThreadedEventLoopGroup
  ) {
    self.scheme = scheme
    self.host = host
    self.port = port
    self.threads = threads
    self.site = site
    self.group = group
  }

  deinit {
    stop()
  }

  /// Without a slash at its end.
  package var url: String {
    host.contains(":") ? "\(scheme)://[\(host)]:\(port)" : "\(scheme)://\(host):\(port)"
  }

  /// Returns the counts until now, with all that a client can have seen.
  package func counts() -> OriginCounts {
    settle()
    return site.tally.counts
  }

  /// Counts from zero again, but for what is open or in flight.
  ///
  /// - Returns: the counts until now.
  @discardableResult
  package func resetCounts() -> OriginCounts {
    settle()
    return site.tally.restart()
  }

  /// Goes on as a server just started would: the next request is number 1, so that the same settings bring the same
  /// jitter, errors and stalls once more, and all counts are zero, but for what is open or in flight.
  ///
  /// It holds for every request received after this returns, on connections already open too.
  ///
  /// - Parameter settings: with as many threads as before.
  package func begin(_ settings: OriginSettings) throws(OriginError) {
    try settings.validate()
    guard settings.threads == threads else {
      throw .invalidSetting(name: "threads", allowed: "\(threads), as when it started")
    }
    settle()
    site.begin(settings)
  }

  /// Closes every connection and ends the threads. Does nothing the second time.
  package func stop() {
    guard isRunning.exchange(false, ordering: .acquiringAndReleasing) else { return }
    try? group.syncShutdownGracefully()
  }

  private func settle() {
    guard isRunning.load(ordering: .acquiring) else { return }
    try? site.settled(on: group.next()).wait()
  }

  private static func bootstrap(
    _ group: MultiThreadedEventLoopGroup, site: Site, makeTLSHandler: (@Sendable () throws -> any ChannelHandler)?
  ) -> ServerBootstrap {
    ServerBootstrap(group: group)
      .serverChannelOption(.backlog, value: 4096)
      .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
      .childChannelOption(.tcpOption(.tcp_nodelay), value: 1)
      .childChannelOption(.writeBufferWaterMark, value: .init(low: 64 * 1024, high: 256 * 1024))
      .childChannelInitializer { channel in
        channel.eventLoop.makeCompletedFuture {
          if let makeTLSHandler { try channel.pipeline.syncOperations.addHandler(makeTLSHandler()) }
          let decoder = RequestDecoder()
          try channel.pipeline.syncOperations.addHandlers([
            ByteToMessageHandler(decoder), Connection(site, decoder),
          ])
        }
      }
  }
}
