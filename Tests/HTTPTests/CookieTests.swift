import HTTP
import Testing

/// Cookies that servers set, under both ways to wait.
struct CookieTests {
  private func server(_ header: String = "Set-Cookie: sid=1; Path=/") throws -> ScriptedServer {
    try ScriptedServer { path in
      let status = path == "/redirect" ? "302 Found\r\nLocation: /target" : "200 OK"
      return .init("HTTP/1.1 \(status)\r\n\(header)\r\nContent-Length: 0\r\n\r\n", .keepOpen)
    }
  }

  private func cookies(_ server: ScriptedServer) -> [String?] {
    server.heads.map { head in
      head.split(separator: "\r\n").first { $0.hasPrefix("Cookie:") }.map { String($0.dropFirst(8)) }
    }
  }

  private func fetch(
    _ client: Client, _ server: ScriptedServer, _ paths: [String], keeping: Bool = true,
    _ change: (inout HTTPClientSettings) -> Void = { _ in }
  ) throws {
    var settings = HTTPClientSettings()
    settings.keepsCookies = keeping
    change(&settings)
    _ = try client.fetch(paths.map { server.url($0) }, settings)
  }

  @Test(arguments: Client.allCases) func theyAreSentBack(client: Client) throws {
    let server = try server()
    defer { server.stop() }
    try fetch(client, server, ["/", "/a", "/b"])
    #expect(cookies(server) == [nil, "sid=1", "sid=1"])
  }

  @Test(arguments: Client.allCases) func onlyWhereTheyAreWanted(client: Client) throws {
    let server = try server()
    defer { server.stop() }
    try fetch(client, server, ["/", "/a"], keeping: false)
    #expect(cookies(server) == [nil, nil])
  }

  /// A session begins without any, also in a process that had some before.
  @Test(arguments: Client.allCases) func sessionsShareNothing(client: Client) throws {
    let server = try server()
    defer { server.stop() }
    try fetch(client, server, ["/", "/"])
    try fetch(client, server, ["/", "/"])
    #expect(cookies(server) == [nil, "sid=1", nil, "sid=1"])
  }

  @Test(arguments: Client.allCases, [true, false]) func redirectsAndNewConnections(client: Client, reuses: Bool) throws
  {
    let server = try server()
    defer { server.stop() }
    try fetch(client, server, ["/redirect", "/"]) { $0.reusesConnections = reuses }
    #expect(cookies(server) == [nil, "sid=1", "sid=1"])
  }

  /// A new connection after one that broke, for which libcurl starts anew.
  @Test(arguments: Client.allCases) func connectionsThatBreak(client: Client) throws {
    let server = try ScriptedServer(requestsPerConnection: 1) { _ in
      .init("HTTP/1.1 200 OK\r\nSet-Cookie: sid=1\r\nContent-Length: 0\r\n\r\n", .keepOpen)
    }
    defer { server.stop() }
    try fetch(client, server, (0..<8).map { "/\($0)" })
    #expect(cookies(server) == [nil] + Array(repeating: "sid=1", count: 7))
  }

  @Test(
    arguments: Client.allCases,
    [
      ("Set-Cookie: sid=1; Max-Age=0", nil), ("Set-Cookie: sid=1; Path=/deep", nil),
      ("Set-Cookie: sid=1; Domain=other.example", nil),
      ("Set-Cookie: sid=1; HttpOnly", "sid=1"), ("Set-Cookie: a=1\r\nSet-Cookie: b=2", "a=1; b=2"),
      ("Set-Cookie: sid=1\r\nSet-Cookie: sid=2", "sid=2"),
    ] as [(String, String?)])
  func theRulesOfCookies(client: Client, expected: (header: String, sent: String?)) throws {
    let server = try server(expected.header)
    defer { server.stop() }
    try fetch(client, server, ["/", "/"])
    let sent = cookies(server).last.flatMap { $0 }
    #expect(sent.map { Set($0.split(separator: "; ")) } == expected.sent.map { Set($0.split(separator: "; ")) })
  }
}
