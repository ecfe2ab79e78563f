import Origin
import Testing

struct CountTests {
  /// A latency that is too short for this machine now is tried again, ten times as long.
  @Test(arguments: [1, 2]) func mostAtOnceIsHowManyWait(threads: Int) throws {
    if try !manyWait(latency: 1, threads: threads), try !manyWait(latency: 10, threads: threads) {
      #expect(try manyWait(latency: 100, threads: threads))
    }
  }

  /// Returns false if some requests were answered before all had come.
  private func manyWait(latency: Double, threads: Int) throws -> Bool {
    try withOrigin(settings { ($0.latency, $0.threads) = (latency, threads) }) { server in
      let clients = try (0..<50).map { _ in try RawClient(port: server.port) }
      for client in clients { try client.send("GET / HTTP/1.1\r\n\r\n") }
      #expect(eventually { server.counts().requests == 50 })
      if server.counts().completed > 0 { return false }
      for client in clients { #expect(try client.receive().status == 200) }
      var counts = server.counts()
      #expect(counts.mostAtOnce == 50)
      #expect(counts.inFlight == 0)
      #expect(counts.connections == 50)
      #expect(counts.open == 50)
      _ = try clients[0].get("/?latency=0")
      counts = server.counts()
      #expect(counts.mostAtOnce == 50)
      #expect(counts.requests == 51)
      #expect(counts.completed == 51)
      #expect(counts.bytes == 51 * 1024)
      return true
    }
  }

  /// The answer is counted before its client can have read it, whichever loop it came from.
  @Test(arguments: [1, 3]) func countsAreNeverBehindTheClient(threads: Int) throws {
    try withOrigin(settings { $0.threads = threads }) { server in
      let clients = try (0..<4).map { _ in try RawClient(port: server.port) }
      for round in 1...500 {
        _ = try clients[round % 4].get("/?size=10")
        let counts = server.counts()
        #expect(counts.completed == round)
        #expect(counts.bytes == 10 * round)
        #expect(counts.inFlight == 0)
      }
    }
  }

  @Test(arguments: [1, 3]) func theyAreServedButNotCounted(threads: Int) throws {
    try withOrigin(settings { $0.threads = threads }) { server in
      let client = try RawClient(port: server.port)
      let counter = try RawClient(port: server.port)
      for _ in 0..<3 { _ = try client.get("/?size=5") }
      let zero = #"{"requests":0,"completed":0,"bytes":0,"connections":0,"open":1,"in_flight":0,"most_at_once":0,"#
      let three = #"{"requests":3,"completed":3,"bytes":15,"connections":1,"open":1,"in_flight":0,"most_at_once":1,"#
      let rest = #""errors":0,"stalls":0,"received":0}"# + "\n"
      #expect(try counter.get("/.concrun/counts").text == three + rest)
      #expect(try counter.get("/.concrun/counts?x").text == three + rest)
      try counter.send("POST /.concrun/counts HTTP/1.1\r\nContent-Length: 0\r\n\r\n")
      #expect(try counter.receive().text == three + rest)
      #expect(try counter.get("/.concrun/counts").text == zero + rest)
      #expect(server.counts().json == zero + rest)
      #expect(try counter.get("/.concrun/countsx").body.count == 1024)
      #expect(server.counts().requests == 1)
      #expect(server.counts().connections == 1)
      #expect(server.counts().open == 2)
    }
  }

  @Test func whatIsInFlightOutlivesAReset() throws {
    try withOrigin(
      settings {
        $0.stallEvery = 2; $0.stall = 1
      }
    ) { server in
      let client = try RawClient(port: server.port)
      _ = try client.get("/")
      try client.send("GET / HTTP/1.1\r\n\r\n")
      #expect(eventually { server.counts().inFlight == 1 })
      #expect(server.resetCounts().stalls == 1)
      #expect(server.counts().requests == 1)
      #expect(server.counts().mostAtOnce == 1)
      #expect(try client.receive().status == 200)
      #expect(server.counts().completed == 1)
      #expect(server.counts().stalls == 0)
    }
  }

  @Test func aStoppedServerKeepsItsCounts() throws {
    let server = try OriginServer.start(settings { $0.threads = 2 })
    let client = try RawClient(port: server.port)
    _ = try client.get("/")
    try client.send("GET /?latency=1h HTTP/1.1\r\n\r\n")
    #expect(eventually { server.counts().inFlight == 1 })
    #expect(server.url == "http://127.0.0.1:\(server.port)")
    server.stop()
    server.stop()
    #expect(client.isClosed())
    #expect(server.counts().completed == 1)
    #expect(server.counts().open == 0)
    #expect(server.counts().inFlight == 0)
    #expect(throws: RawClient.Failure.self) { try RawClient(port: server.port) }
  }

  @Test func aTakenPortIsAnError() throws {
    try withOrigin { server in
      let error = #expect(throws: OriginError.self) { try OriginServer.start(.init(), port: server.port) }
      #expect(error?.description.contains("port \(server.port)") == true)
    }
  }
}
