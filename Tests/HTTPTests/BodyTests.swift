import HTTP
import Testing

/// Requests that have a body, under both ways to wait.
struct BodyTests {
  private static let ok = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok"

  private func settings(_ method: String, _ body: [UInt8]) -> HTTPClientSettings {
    var settings = HTTPClientSettings()
    settings.method = method
    settings.body = RequestBody(body)
    return settings
  }

  /// Over a megabyte, libcurl would ask first whether the server wants it.
  @Test(
    arguments: Client.allCases,
    ["POST", "PUT", "PATCH"].flatMap { method in [0, 1, 65_536, 2_000_000].map { (method, $0) } })
  func everyRequestHasIt(client: Client, expected: (method: String, size: Int)) throws {
    let (method, size) = expected
    let server = try ScriptedServer { _ in .init(Self.ok, .keepOpen) }
    defer { server.stop() }
    let body = (0..<size).map { UInt8(truncatingIfNeeded: $0 &* 7) }
    let results = try client.fetch([server.url("/"), server.url("/")], settings(method, body))
    #expect(results.map { (try? $0.get())?.status } == [200, 200])
    #expect(server.bodies.map { $0 == body } == [true, true])
    #expect(server.connections == 1)
    let head = try #require(server.heads.first)
    #expect(head.hasPrefix("\(method) / HTTP/1.1\r\n"))
    #expect(head.contains("\r\nContent-Length: \(size)\r\n"))
    #expect(head.contains("\r\nContent-Type: application/x-www-form-urlencoded\r\n"))
    #expect(!head.lowercased().contains("expect:"))
  }

  @Test(arguments: Client.allCases) func headersOfTheFileCount(client: Client) throws {
    let server = try ScriptedServer { _ in .init("HTTP/1.1 100 Continue\r\n\r\n" + Self.ok, .keepOpen) }
    defer { server.stop() }
    var settings = settings("POST", Array("{}".utf8))
    settings.headers = [("content-type", "application/json"), ("Expect", "100-continue")]
    _ = try client.fetch(server.url("/"), settings)
    let head = try #require(server.heads.first)
    #expect(head.contains("\r\ncontent-type: application/json\r\n"))
    #expect(!head.contains("x-www-form-urlencoded"))
    #expect(head.contains("\r\nExpect: 100-continue\r\n"))
  }

  /// 307 and 308 repeat every request. 301 to 303 make a GET of a POST, as everywhere.
  @Test(
    arguments: Client.allCases,
    [("POST", 301, "GET"), ("POST", 303, "GET"), ("POST", 307, "POST"), ("POST", 308, "POST")]
      + [301, 302, 303, 307, 308].flatMap { [("PUT", $0, "PUT"), ("PATCH", $0, "PATCH")] })
  func redirects(client: Client, expected: (method: String, status: Int, next: String)) throws {
    let server = try ScriptedServer { path in
      path == "/to"
        ? .init(Self.ok, .keepOpen)
        : .init("HTTP/1.1 \(expected.status) There\r\nLocation: /to\r\nContent-Length: 0\r\n\r\n", .keepOpen)
    }
    defer { server.stop() }
    _ = try client.fetch(server.url("/from"), settings(expected.method, Array("a=1".utf8)))
    #expect(
      server.heads.map { String($0.prefix { $0 != "\r\n" && $0 != "\r" }) }
        == ["\(expected.method) /from HTTP/1.1", "\(expected.next) /to HTTP/1.1"])
    let second = expected.next == "GET" ? "" : "a=1"
    #expect(server.bodies == [Array("a=1".utf8), Array(second.utf8)])
  }

  /// The request takes a new connection, and has its body there, too.
  @Test(arguments: Client.allCases) func connectionsThatBreakWhenUsedAgain(client: Client) throws {
    let server = try ScriptedServer(requestsPerConnection: 1) { _ in .init(Self.ok, .keepOpen) }
    defer { server.stop() }
    let results = try client.fetch((0..<12).map { server.url("/\($0)") }, settings("PUT", Array("abc".utf8)))
    #expect(results.allSatisfy { (try? $0.get())?.status == 200 })
    #expect(server.bodies == Array(repeating: Array("abc".utf8), count: 12))
  }

  /// The bytes live as long as somebody sends them.
  @Test(arguments: Client.allCases) func manyHandlesShareTheBytes(client: Client) throws {
    let server = try ScriptedServer { _ in .init(Self.ok, .keepOpen) }
    defer { server.stop() }
    let body = [UInt8](repeating: 0x61, count: 100_000)
    for _ in 0..<3 {
      let settings = settings("POST", body)
      for _ in 0..<3 { _ = try client.fetch([server.url("/")], settings) }
    }
    #expect(server.bodies.count == 9)
    #expect(server.bodies.allSatisfy { $0 == body })
  }
}
