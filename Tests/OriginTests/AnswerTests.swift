import Origin
import Testing

struct AnswerTests {
  @Test(arguments: [0, 1, 1024, 65_536, 65_537, 3_000_000]) func bodiesAreThoseOfPathAndSize(size: Int) throws {
    try withOrigin { server in
      let client = try RawClient(port: server.port)
      for _ in 0..<2 {
        let answer = try client.get("/a/b?x=y&size=\(size)")
        #expect(answer.status == 200)
        #expect(answer.head.contains("\r\nContent-Type: application/octet-stream\r\n"))
        #expect(!answer.head.contains("Connection"))
        #expect(answer.body == OriginBody.bytes(path: "/a/b", size: size))
      }
      #expect(server.counts().bytes == 2 * size)
    }
  }

  @Test(arguments: ["size=0", "size=100", "size=1MB", "size=100&bandwidth=1kB"]) func headHasNoBody(query: String)
    throws
  {
    try withOrigin { server in
      let client = try RawClient(port: server.port)
      let full = try client.get("/?\(query)")
      try client.send("HEAD /?\(query) HTTP/1.1\r\n\r\n")
      #expect(try client.receive(hasBody: false).head == full.head)
      #expect(try client.get("/").status == 200)
      #expect(server.counts().bytes == full.body.count + 1024)
    }
  }

  @Test(arguments: [(200, 9), (404, 9), (599, 9), (301, 9), (204, 0), (304, 0), (205, 0)])
  func statusesAndTheirBodies(status: Int, length: Int) throws {
    try withOrigin(settings { $0.size = 9 }) { server in
      let client = try RawClient(port: server.port)
      let answer = try client.get("/?status=\(status)")
      #expect(answer.status == status)
      #expect(answer.body.count == length)
      #expect(answer.head.contains("Content-Length") == ![204, 304].contains(status))
      #expect(try client.get("/").status == 200)
    }
  }

  @Test func badParametersAreRefusedInWords() throws {
    try withOrigin { server in
      let client = try RawClient(port: server.port)
      let answer = try client.get("/?latency=5")
      #expect(answer.status == 400)
      #expect(answer.text.hasPrefix("latency=5: write a duration"))
      #expect(try client.get("/").status == 200)
    }
  }

  @Test func errorsAreInjectedAndCounted() throws {
    try withOrigin(settings { ($0.errorRate, $0.size) = (0.5, 3) }) { server in
      let client = try RawClient(port: server.port)
      let statuses = try (0..<200).map { _ in try client.get("/").status }
      let errors = statuses.count { $0 == 500 }
      #expect((60...140).contains(errors))
      #expect(statuses.count { $0 == 200 } == 200 - errors)
      #expect(server.counts().errors == errors)
      #expect(try client.get("/?error_rate=0").status == 200)
    }
  }

  @Test(arguments: [
    "latency=60ms", "jitter=0&stall_every=1&stall=60ms", "size=600&bandwidth=10kB", "size=0&latency=60ms",
  ])
  func answersTakeTheirTime(query: String) throws {
    try withOrigin { server in
      let client = try RawClient(port: server.port)
      let start = now()
      #expect(try client.get("/?\(query)").status == 200)
      #expect(now() - start >= 0.06)
    }
  }

  @Test func pacedBodiesAreWhole() throws {
    try withOrigin(settings { $0.bandwidth = 10_000_000 }) { server in
      let client = try RawClient(port: server.port)
      for size in [0, 1, 100_000, 700_001] {
        #expect(try client.get("/p?size=\(size)").body == OriginBody.bytes(path: "/p", size: size))
      }
    }
  }
}
