import HTTP
import Origin
import OriginTLS
import Testing
import Time

struct ClientTests {
  @Test(arguments: Client.allCases, [0, 1, 1024, 300_000]) func bodiesAreReadWhole(client: Client, size: Int) throws {
    let origin = try OriginServer.start(OriginSettings())
    defer { origin.stop() }
    var settings = HTTPClientSettings()
    settings.computesChecksum = true
    let response = try client.fetch("\(origin.url)/a/page?size=\(size)", settings)
    #expect(response.status == 200)
    #expect(response.bytes == size)
    #expect(response.crc32 == OriginBody.crc32(path: "/a/page", size: size))
  }

  @Test(arguments: Client.allCases) func connectionsAreKept(client: Client) throws {
    let origin = try OriginServer.start(OriginSettings())
    defer { origin.stop() }
    let urls = (0..<5).map { "\(origin.url)/\($0)" }
    #expect(try client.fetch(urls).allSatisfy { (try? $0.get())?.status == 200 })
    #expect(origin.resetCounts().connections == 1)
    var settings = HTTPClientSettings()
    settings.reusesConnections = false
    _ = try client.fetch(urls, settings)
    #expect(origin.counts().connections == 5)
  }

  /// A server may close a connection that was kept; the request then takes a new one.
  @Test(arguments: Client.allCases) func aConnectionThatTheServerClosed(client: Client) throws {
    let origin = try OriginServer.start(OriginSettings())
    defer { origin.stop() }
    let results = try client.fetch((0..<4).map { _ in "\(origin.url)/?close=true" })
    #expect(results.allSatisfy { (try? $0.get())?.bytes == 1024 })
    #expect(origin.counts().connections == 4)
  }

  /// One that it closes just when it is used again costs another try, however often that happens.
  @Test(arguments: Client.allCases) func connectionsThatBreakWhenUsedAgain(client: Client) throws {
    let server = try ScriptedServer(requestsPerConnection: 1) { _ in
      .init("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok", .keepOpen)
    }
    defer { server.stop() }
    let results = try client.fetch((0..<20).map { server.url("/\($0)") })
    #expect(results.map { (try? $0.get())?.bytes } == Array(repeating: 2, count: 20))
    #expect(server.connections == 20)
  }

  @Test(arguments: Client.allCases, ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"])
  func methodsAndHeaders(client: Client, method: String) throws {
    let server = try ScriptedServer { _ in
      .init("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n" + (method == "HEAD" ? "" : "ok"), .keepOpen)
    }
    defer { server.stop() }
    var settings = HTTPClientSettings()
    settings.method = method
    settings.headers = [("X-One", "1"), ("X-Empty", "")]
    let results = try client.fetch([server.url("/"), server.url("/")], settings)
    #expect(results.map { (try? $0.get())?.bytes } == (method == "HEAD" ? [0, 0] : [2, 2]))
    let head = try #require(server.heads.first)
    #expect(head.hasPrefix("\(method) / HTTP/1.1\r\n"))
    #expect(head.contains("\r\nX-One: 1\r\n"))
    #expect(head.contains("\r\nX-Empty:\r\n"))
    #expect(head.contains("\r\nContent-Length: 0\r\n") == ["POST", "PUT", "PATCH"].contains(method))
    #expect(server.connections == 1)
  }

  /// The proxy is asked for the whole URL; without one, the environment has no say.
  @Test(arguments: Client.allCases) func aProxy(client: Client) throws {
    let proxy = try ScriptedServer { _ in .init("HTTP/1.1 200 OK\r\nContent-Length: 7\r\n\r\nproxied", .keepOpen) }
    defer { proxy.stop() }
    var settings = HTTPClientSettings()
    settings.proxy = proxy.url("")
    #expect(try client.fetch("http://elsewhere.example/page", settings).bytes == 7)
    #expect(proxy.heads.first?.hasPrefix("GET http://elsewhere.example/page HTTP/1.1\r\n") == true)
  }

  @Test(arguments: Client.allCases) func aProxyThatRefusesATunnel(client: Client) throws {
    let proxy = try ScriptedServer { _ in .init("HTTP/1.1 407 No\r\nContent-Length: 0\r\n\r\n") }
    defer { proxy.stop() }
    var settings = HTTPClientSettings()
    settings.proxy = proxy.url("")
    #expect(try client.failure("https://elsewhere.example/", settings).kind == .connect)
  }

  @Test(arguments: Client.allCases) func encodingsThatAreAskedFor(client: Client) throws {
    let server = try ScriptedServer { _ in .init("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok", .keepOpen) }
    defer { server.stop() }
    var settings = HTTPClientSettings()
    settings.headers = [("Accept-Encoding", "")]
    _ = try client.fetch(server.url("/"), settings)
    settings.headers = [("accept-encoding", "gzip")]
    _ = try client.fetch(server.url("/"), settings)
    #expect(server.heads.map { $0.contains("\r\nAccept-Encoding: gzip\r\n") } == [false, true])
    #expect(server.heads[0].contains("\r\nAccept-Encoding:\r\n"))
  }

  /// The certificate is valid for nobody but those who made it.
  @Test(arguments: Client.allCases) func overTLS(client: Client) throws {
    let certificate = try TestCertificate()
    let origin = try certificate.startOrigin()
    defer { origin.stop() }
    let url = "\(origin.url)/page?size=200000"
    #expect(url.hasPrefix("https:"))
    #expect(try client.failure(url).kind == .tls)
    var settings = HTTPClientSettings()
    settings.verifiesTLS = false
    settings.computesChecksum = true
    let results = try client.fetch([url, url, url], settings)
    let crc32 = OriginBody.crc32(path: "/page", size: 200_000)
    #expect(results.allSatisfy { (try? $0.get())?.crc32 == crc32 })
    #expect(origin.counts().requests == 3)
    // The one that was refused, and the one that was kept.
    #expect(origin.counts().connections <= 2)
  }

  /// Those who trust the certificate, and no other, are served.
  @Test(arguments: Client.allCases) func certificatesOfAFile(client: Client) throws {
    let certificate = try TestCertificate()
    let other = try TestCertificate()
    let origin = try certificate.startOrigin()
    defer { origin.stop() }
    var settings = HTTPClientSettings()
    settings.certificateFile = certificate.path
    let url = "\(origin.url)/page?size=2000"
    #expect(try client.fetch([url, url], settings).map { try? $0.get().bytes } == [2000, 2000])
    #expect(try client.fetch("https://localhost:\(origin.port)/?size=7", settings).bytes == 7)
    settings.certificateFile = other.path
    let failure = try client.failure(url, settings)
    #expect(failure.kind == .tls)
    #expect(failure.message.contains("ca_file"), "\(failure)")
    settings.certificateFile = "\(certificate.path)-"
    #expect(try client.failure(url, settings).kind == .tls)
  }

  /// More transfers at once than one of libcurl's handles is given, through connections of the same session.
  @Test func manyAtOnceOnOneLoop() throws {
    let origin = try OriginServer.start(OriginSettings())
    defer { origin.stop() }
    let url = origin.url
    let sizes = try onLoop { loop in
      var settings = HTTPClientSettings()
      settings.timeout = .seconds(120)
      let client = LoopClient(settings, on: loop)
      return try await withThrowingTaskGroup(of: [Int].self) { group in
        for index in 0..<200 {
          let lane = try client.openLane()
          nonisolated(unsafe) let own = lane
          group.addTask {
            var sizes: [Int] = []
            for turn in 0..<2 {
              sizes.append(try await own.fetch("\(url)/\(index)?size=\(index + turn)&latency=\(5 * (1 - turn))s").bytes)
            }
            return sizes
          }
        }
        return try await group.reduce(into: []) { $0.append($1) }
      }
    }
    #expect(Set(sizes) == Set((0..<200).map { [$0, $0 + 1] }))
    let counts = origin.counts()
    #expect(counts.requests == 400)
    #expect(counts.connections == 200)
    #expect(counts.mostAtOnce == 200)
  }
}
