import Origin
import Testing

struct ConnectionTests {
  /// Small and large, at once and late, so that an answer could overtake another.
  private static let targets = (0..<40).map { index in
    ["/\(index)?size=\(index)", "/\(index)?size=200kB", "/\(index)?latency=2ms", "/\(index)?size=64KiB"][index % 4]
  }

  @Test(arguments: [1, 3, 1000, 1_000_000]) func pipelinedRequestsAreAnsweredInOrder(piece: Int) throws {
    try withOrigin { server in
      let client = try RawClient(port: server.port)
      let text = Array(Self.targets.map { "GET \($0) HTTP/1.1\r\n\r\n" }.joined().utf8)
      for start in stride(from: 0, to: text.count, by: piece) {
        try client.send(Array(text[start..<min(start + piece, text.count)]))
      }
      for target in Self.targets {
        let answer = try client.receive()
        #expect(answer.body == OriginBody.bytes(path: RequestTarget(target).path, size: answer.body.count))
      }
      let counts = server.counts()
      #expect(counts.completed == 40)
      #expect(counts.connections == 1)
    }
  }

  /// As many as one read takes, each answered at once: no recursion is that deep.
  @Test(arguments: ["size=0", "size=64KiB"]) func thousandsOfPipelinedRequests(query: String) throws {
    try withOrigin { server in
      let client = try RawClient(port: server.port)
      try client.send(String(repeating: "GET /?\(query) HTTP/1.1\r\n\r\n", count: 3000))
      for _ in 0..<3000 { #expect(try client.receive().status == 200) }
      #expect(server.counts().completed == 3000)
    }
  }

  @Test(
    arguments: [
      ("HTTP/1.1", "", true, nil), ("HTTP/1.1", "Connection: close\r\n", false, "close"),
      ("HTTP/1.0", "", false, "close"),
      ("HTTP/1.0", "Connection: keep-alive\r\n", true, "keep-alive"),
      ("HTTP/1.0", "Connection: close\r\n", false, "close"),
      ("HTTP/1.1", "Connection: Upgrade\r\nUpgrade: h2c\r\n", false, "close"),
    ] as [(String, String, Bool, String?)])
  func connectionsStayOpenOrNot(version: String, header: String, staysOpen: Bool, said: String?) throws {
    try withOrigin { server in
      for target in ["/?size=5", "/?size=100kB", "/?size=5&latency=1ms", "/.concrun/counts"] {
        let client = try RawClient(port: server.port)
        try client.send("GET \(target) \(version)\r\n\(header)\r\n")
        let answer = try client.receive()
        #expect(answer.status == 200)
        #expect(answer.head.contains("Connection: ") == (said != nil))
        if let said { #expect(answer.head.contains("\r\nConnection: \(said)\r\n")) }
        if staysOpen {
          #expect(try client.get("/").status == 200)
        } else {
          #expect(client.isClosed())
        }
      }
    }
  }

  @Test func theSettingCloses() throws {
    try withOrigin(settings { $0.close = true }) { server in
      let client = try RawClient(port: server.port)
      try client.send("GET / HTTP/1.1\r\n\r\nGET / HTTP/1.1\r\n\r\n")
      #expect(try client.receive().head.contains("\r\nConnection: close\r\n"))
      #expect(client.isClosed())
      let other = try RawClient(port: server.port)
      _ = try other.get("/?close=false")
      #expect(try other.get("/?close=no").status == 200)
      #expect(server.counts().requests == 3)
    }
  }

  @Test(arguments: ["POST", "PUT", "DELETE", "PATCH", "OPTIONS"]) func requestBodiesAreDropped(method: String) throws {
    try withOrigin { server in
      let client = try RawClient(port: server.port)
      try client.send("\(method) /?size=3 HTTP/1.1\r\nContent-Length: 1000000\r\n\r\n")
      try client.send([UInt8](repeating: 65, count: 1_000_000))
      #expect(try client.receive().body.count == 3)
      try client.send("\(method) /?size=4 HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nabcde\r\n0\r\n\r\n")
      #expect(try client.receive().body.count == 4)
      #expect(server.counts().received == 1_000_005, "but they are counted")
    }
  }

  @Test func expectingClientsAreToldToGoOn() throws {
    try withOrigin { server in
      let client = try RawClient(port: server.port)
      try client.send("POST / HTTP/1.1\r\nContent-Length: 3\r\nExpect: 100-continue\r\n\r\n")
      #expect(try client.receive().status == 100)
      try client.send("abc")
      #expect(try client.receive().status == 200)
    }
  }
}
