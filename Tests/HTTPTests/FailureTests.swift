import HTTP
import Testing
import Time

/// Every failure has its class, under both ways to wait.
struct FailureTests {
  @Test(arguments: Client.allCases) func anUnknownHost(client: Client) throws {
    // No name has a part of 64 letters: nobody has to be asked.
    let failure = try client.failure("http://\(String(repeating: "a", count: 64)).example/")
    #expect(failure.kind == .resolve)
  }

  @Test(arguments: Client.allCases) func aPortWhereNobodyListens(client: Client) throws {
    let port = try ClosedPort()
    let failure = try client.failure("http://127.0.0.1:\(port.number)/")
    withExtendedLifetime(port) {}
    #expect(failure.kind == .refused)
    #expect(failure.bytes == 0)
  }

  @Test(arguments: Client.allCases) func anAddressThatCannotBe(client: Client) throws {
    #expect(try client.failure("http://255.255.255.255/").kind == .connect)
  }

  @Test(arguments: Client.allCases) func aServerThatDoesNotSpeakTLS(client: Client) throws {
    let server = try ScriptedServer { _ in .init("HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n") }
    defer { server.stop() }
    #expect(try client.failure(server.url("/", scheme: "https")).kind == .tls)
  }

  private static let head = "HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\n"

  @Test(
    arguments: Client.allCases,
    [
      ("https", "", HTTPFailure.Kind.timeoutConnect, 0), ("http", "", .timeoutFirstByte, 0),
      ("http", Self.head + "12345", .timeoutBody, 5),
    ])
  func silence(client: Client, expected: (scheme: String, sent: String, kind: HTTPFailure.Kind, bytes: Int)) throws {
    let server = try ScriptedServer { _ in .init(expected.sent, .hang) }
    defer { server.stop() }
    let failure = try client.failure(
      server.url("/", scheme: expected.scheme), HTTPClientSettings(), whenGivenTimeFor: expected.kind)
    #expect(failure.kind == expected.kind)
    #expect(failure.bytes == expected.bytes)
  }

  /// What the first server said doesn't count any more.
  @Test(
    arguments: Client.allCases,
    [("http", "", HTTPFailure.Kind.timeoutFirstByte), ("https", "", .timeoutConnect), ("http", head, .timeoutBody)])
  func silenceAfterARedirect(client: Client, expected: (scheme: String, sent: String, kind: HTTPFailure.Kind)) throws {
    let silent = try ScriptedServer { _ in .init(expected.sent, .hang) }
    defer { silent.stop() }
    let target = silent.url("/", scheme: expected.scheme)
    let server = try ScriptedServer { _ in
      .init("HTTP/1.1 302 Found\r\nLocation: \(target)\r\nContent-Length: 5\r\n\r\nthere", .keepOpen)
    }
    defer { server.stop() }
    var settings = HTTPClientSettings()
    settings.maxBytes = 1
    let failure = try client.failure(server.url("/"), settings, whenGivenTimeFor: expected.kind)
    #expect(failure.kind == expected.kind)
    #expect(failure.bytes == 0)
  }

  @Test(arguments: Client.allCases) func aHintThatAnAnswerWillComeIsNone(client: Client) throws {
    let server = try ScriptedServer { _ in .init("HTTP/1.1 103 Early Hints\r\nLink: <a>\r\n\r\n", .hang) }
    defer { server.stop() }
    let failure = try client.failure(
      server.url("/"), HTTPClientSettings(), whenGivenTimeFor: .timeoutFirstByte)
    #expect(failure.kind == .timeoutFirstByte)
  }

  @Test(
    arguments: Client.allCases,
    [
      ("", ScriptedServer.Answer.Ending.close, HTTPFailure.Kind.reset), ("", .reset, .reset),
      (Self.head + "123", .reset, .reset), (Self.head + "123", .close, .truncated),
      ("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n12345\r\n", .close, .truncated),
      ("SSH-2.0-OpenSSH_9.2\r\n", .close, .protocol),
      ("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nnot a number\r\n", .close, .reset),
    ])
  func aBrokenAnswer(
    client: Client, expected: (sent: String, ending: ScriptedServer.Answer.Ending, kind: HTTPFailure.Kind)
  ) throws {
    let server = try ScriptedServer { _ in .init(expected.sent, expected.ending) }
    defer { server.stop() }
    let failure = try client.failure(server.url("/"))
    #expect(failure.kind == expected.kind, "\(failure)")
  }

  @Test(arguments: Client.allCases) func aBodyThatIsNotGzip(client: Client) throws {
    let server = try ScriptedServer { _ in
      .init("HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 5\r\n\r\nplain")
    }
    defer { server.stop() }
    var settings = HTTPClientSettings()
    settings.headers = [("Accept-Encoding", "gzip")]
    #expect(try client.failure(server.url("/"), settings).kind == .protocol)
  }

  @Test(
    arguments: Client.allCases,
    [
      Self.head + "1234567890",
      "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n12345\r\n5\r\n67890\r\n0\r\n\r\n",
      "HTTP/1.0 200 OK\r\n\r\n1234567890",
    ])
  func aBodyThatIsTooLarge(client: Client, sent: String) throws {
    let server = try ScriptedServer { _ in .init(sent) }
    defer { server.stop() }
    var settings = HTTPClientSettings()
    settings.maxBytes = 9
    let failure = try client.failure(server.url("/"), settings)
    #expect(failure.kind == .tooLarge)
    #expect(failure.bytes <= 9)
    settings.maxBytes = 10
    #expect(try client.fetch(server.url("/"), settings).bytes == 10)
  }

  @Test(arguments: Client.allCases) func redirectsWithoutEnd(client: Client) throws {
    let server = try ScriptedServer { _ in
      .init("HTTP/1.1 302 Found\r\nLocation: /again\r\nContent-Length: 0\r\n\r\n", .keepOpen)
    }
    defer { server.stop() }
    #expect(try client.failure(server.url("/")).kind == .tooManyRedirects)
    var settings = HTTPClientSettings()
    settings.followsRedirects = false
    #expect(try client.fetch(server.url("/"), settings).status == 302)
  }

  @Test(arguments: Client.allCases) func aServerThatDoesNotSpeakHTTP2(client: Client) throws {
    let server = try ScriptedServer { _ in .init(Self.head + "1234567890") }
    defer { server.stop() }
    var settings = HTTPClientSettings()
    settings.version = .http2
    let failure = try client.failure(server.url("/"), settings)
    #expect(failure.kind == .protocol, "\(failure)")
  }

  /// What failed is no burden for what comes next.
  @Test(arguments: Client.allCases) func aSessionGoesOnAfterAFailure(client: Client) throws {
    let server = try ScriptedServer { path in
      path == "/bad" ? .init(Self.head + "123", .reset) : .init(Self.head + "1234567890", .keepOpen)
    }
    defer { server.stop() }
    let results = try client.fetch(["/good", "/bad", "/good", "/good"].map { server.url($0) })
    #expect(results.map { (try? $0.get())?.bytes } == [10, nil, 10, 10])
    #expect(server.connections == 2)
  }
}
