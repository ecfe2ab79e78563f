import Origin
import Testing

struct BadClientTests {
  @Test(arguments: [
    "garbage\r\n\r\n", "GET\r\n\r\n", "GET / HTTP/9.9\r\n\r\n", "GET /\r\n\r\n",
    "\u{16}\u{3}\u{1}\u{2}\0\u{1}\0\u{1}\r\n",
    "GET / HTTP/1.1\r\nno colon\r\n\r\n", "POST / HTTP/1.1\r\nContent-Length: x\r\n\r\n",
    "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
    "GET / HTTP/1.1\r\nX: \(String(repeating: "x", count: 200_000))\r\n\r\n",
    "GET /\(String(repeating: "x", count: 200_000)) HTTP/1.1\r\n\r\n",
    "GET / HTTP/1.1\r\n\(String(repeating: "X: y\r\n", count: 5000))\r\n",
    "POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
  ])
  func malformedRequestsAreRefused(text: String) throws {
    try withOrigin { server in
      let client = try RawClient(port: server.port)
      try client.send(text)
      #expect(try client.receive().status == 400)
      #expect(client.isClosed())
      #expect(server.counts().requests == 0)
      #expect(try RawClient(port: server.port).get("/").status == 200)
    }
  }

  @Test func whatWasAskedBeforeIsAnsweredFirst() throws {
    try withOrigin { server in
      let client = try RawClient(port: server.port)
      try client.send("GET /a?size=3&latency=20ms HTTP/1.1\r\n\r\nGET /b?size=200kB HTTP/1.1\r\n\r\ngarbage\r\n\r\n")
      #expect(try client.receive().body == OriginBody.bytes(path: "/a", size: 3))
      #expect(try client.receive().body == OriginBody.bytes(path: "/b", size: 200_000))
      #expect(try client.receive().status == 400)
      #expect(client.isClosed())
    }
  }

  @Test(
    arguments: [
      "", "G", "GET / HTTP/1.1\r\nHost", "POST / HTTP/1.1\r\nContent-Length: 10\r\n\r\nabc",
      "GET /?size=1GiB HTTP/1.1\r\n\r\n",
      "GET /?latency=1h HTTP/1.1\r\n\r\n", "GET /?size=1GiB&bandwidth=1kB HTTP/1.1\r\n\r\nGET / HTTP/1.1\r\n\r\n",
      "garbage\r\n\r\n", "GET / HTTP/1.0\r\n\r\n", "GET /.concrun/counts HTTP/1.1\r\n\r\n",
    ], [false, true])
  func clientsMayGoAwayAtAnyTime(text: String, resets: Bool) throws {
    try withOrigin { server in
      for _ in 0..<20 {
        let client = try RawClient(port: server.port)
        if resets { client.resetOnClose() }
        try client.send(text)
      }
      // Connections are accepted in their order: now all of those were.
      _ = try RawClient(port: server.port).get("/")
      #expect(eventually { server.counts().open == 0 })
      let counts = server.counts()
      #expect(counts.inFlight == 0)
      #expect(counts.completed <= counts.requests)
      #expect(counts.bytes < 20 << 30)
      #expect(try RawClient(port: server.port).get("/").status == 200)
    }
  }

  /// Who sends no more may still listen, and what doesn't wait is answered.
  @Test func theLastRequestOfAHalfClosedConnectionIsAnswered() throws {
    try withOrigin { server in
      let client = try RawClient(port: server.port)
      try client.send("GET /?size=7 HTTP/1.0\r\n\r\n")
      client.finishSending()
      #expect(try client.receive().body.count == 7)
      #expect(client.isClosed())
    }
  }

  @Test func slowReadersHoldNothingUp() throws {
    try withOrigin { server in
      let slow = try RawClient(port: server.port)
      try slow.send(String(repeating: "GET /?size=100MB HTTP/1.1\r\n\r\n", count: 50))
      let other = try RawClient(port: server.port)
      for _ in 0..<100 { #expect(try other.get("/?size=9").body.count == 9) }
      #expect(server.counts().inFlight == 1)
      #expect(server.counts().bytes < 100_000_000)
    }
  }

  @Test func whoDoesNotReadIsNotReadFromEither() throws {
    try withOrigin { server in
      let client = try RawClient(port: server.port)
      // 131 MB for 62 kB: far more than the kernel keeps, asked in little more than one read.
      try client.send(String(repeating: "GET /?size=64KiB HTTP/1.1\r\n\r\n", count: 2000))
      #expect(eventually { server.counts().completed > 0 })
      let other = try RawClient(port: server.port)
      for _ in 0..<100 { _ = try other.get("/") }
      #expect(server.counts().requests < 1500)
      for _ in 0..<2000 { #expect(try client.receive().body.count == 65_536) }
      #expect(server.counts().completed == 2100)
    }
  }
}
