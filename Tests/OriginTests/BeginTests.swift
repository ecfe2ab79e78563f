import Origin
import Testing

struct BeginTests {
  @Test(arguments: [1, 3]) func settingsSwitchOnOpenConnections(threads: Int) throws {
    try withOrigin(settings { ($0.size, $0.threads) = (5, threads) }) { server in
      let clients = try (0..<6).map { _ in try RawClient(port: server.port) }
      for size in [5, 6, 200_000, 7] {
        try server.begin(settings { ($0.size, $0.status, $0.threads) = (size, 404, threads) })
        for client in clients {
          #expect(try client.get("/a").body == OriginBody.bytes(path: "/a", size: size))
          #expect(try client.get("/a?size=9").status == 404)
          #expect(try client.get("/a?status=201").body.count == size)
        }
      }
    }
  }

  @Test func requestsAreNumberedAnew() throws {
    let uneven = settings { ($0.errorRate, $0.stallEvery, $0.stall, $0.size) = (0.5, 3, 0.02, 1) }
    try withOrigin(uneven) { server in
      let client = try RawClient(port: server.port)
      func trial() throws -> [Int] {
        try (0..<20).map { _ in try client.get("/").status }
      }
      let first = try trial()
      #expect(Set(first) == [200, 500])
      #expect(server.counts().stalls == 6)
      for _ in 0..<3 {
        _ = try client.get("/")
        try server.begin(uneven)
        #expect(try trial() == first)
        #expect(server.counts().stalls == 6)
      }
      try server.begin(.init())
      #expect(try Set(trial()) == [200])
      server.resetCounts()
      try server.begin(uneven)
      server.resetCounts()
      #expect(try trial() == first)
    }
  }

  @Test func countsStartAgainButForWhatIsOpen() throws {
    try withOrigin { server in
      let client = try RawClient(port: server.port)
      let slow = try RawClient(port: server.port)
      for _ in 0..<3 { _ = try client.get("/") }
      try slow.send("GET /?latency=2s&size=3 HTTP/1.1\r\n\r\n")
      #expect(eventually { server.counts().inFlight == 1 })
      try server.begin(settings { $0.size = 10 })
      var expected = OriginCounts()
      (expected.open, expected.inFlight, expected.mostAtOnce, expected.requests) = (2, 1, 1, 1)
      #expect(server.counts() == expected)
      #expect(try slow.receive().body.count == 3)
      _ = try client.get("/")
      (expected.inFlight, expected.requests, expected.completed, expected.bytes) = (0, 2, 2, 13)
      expected.mostAtOnce = server.counts().mostAtOnce
      #expect(server.counts() == expected)
    }
  }

  @Test func settingsThatCannotBeLeaveAllAsItWas() throws {
    try withOrigin(settings { $0.size = 3 }) { server in
      let client = try RawClient(port: server.port)
      _ = try client.get("/")
      for wrong in [settings { $0.threads = 2 }, settings { $0.status = 1 }] {
        #expect(throws: OriginError.self) { try server.begin(wrong) }
      }
      #expect(try client.get("/").body.count == 3)
      #expect(server.counts().requests == 2)
    }
  }

  @Test func aStoppedServerMayBegin() throws {
    let server = try OriginServer.start(.init())
    server.stop()
    try server.begin(settings { $0.size = 1 })
    #expect(server.counts() == OriginCounts())
  }
}
