import Origin
import OriginTLS
import Testing

struct TLSTests {
  private func withSecureOrigin(
    _ settings: OriginSettings = .init(), _ body: (OriginServer, TestCertificate) throws -> Void
  ) throws {
    let certificate = try TestCertificate()
    let server = try certificate.startOrigin(settings)
    defer { server.stop() }
    #expect(server.url == "https://127.0.0.1:\(server.port)")
    try body(server, certificate)
  }

  private func curl(_ arguments: String...) throws -> Program { try curl(arguments) }

  private func curl(_ arguments: [String]) throws -> Program {
    try Program.run(["curl", "--silent", "--show-error", "--max-time", "20", "--no-progress-meter"] + arguments)
  }

  @Test(arguments: ["127.0.0.1", "localhost"]) func whoTrustsTheCertificateIsServed(host: String) throws {
    try withSecureOrigin(settings { $0.size = 9 }) { server, certificate in
      let url = "https://\(host):\(server.port)"
      let format = "%{http_code} %{size_download} %{num_connects}\\n"
      let answer = try curl(
        "--ipv4", "--cacert", certificate.path, "-o", "/dev/null", "-o", "/dev/null", "-o", "/dev/null", "-w", format,
        "\(url)/a", "\(url)/b?size=3MB", "\(url)/c?latency=20ms&size=64KiB")
      #expect(answer.output == "200 9 1\n200 3000000 0\n200 65536 0\n", "\(answer.errors)")
      let counts = server.counts()
      #expect(counts.completed == 3)
      #expect(counts.bytes == 3_065_545)
      #expect(counts.connections == 1)
      #expect(eventually { server.counts().open == 0 })
    }
  }

  @Test func orDoesNotLook() throws {
    try withSecureOrigin(settings { ($0.size, $0.close) = (100_000, true) }) { server, _ in
      let answer = try curl("-k", "-D", "-", "-o", "/dev/null", "\(server.url)/", "-o", "/dev/null", "\(server.url)/")
      #expect(answer.isSuccess, "\(answer.errors)")
      #expect(answer.output.split(separator: "\r\n").count { $0 == "Connection: close" } == 2)
      #expect(try curl("-k", "\(server.url)/.concrun/counts").output.hasPrefix(#"{"requests":2,"completed":2,"#))
    }
  }

  @Test(arguments: ["", "&bandwidth=30MB", "&corrupt=true"]) func bodiesAreTheSameAsInTheOpen(query: String) throws {
    try withSecureOrigin { server, _ in
      let open = try OriginServer.start(.init())
      defer { open.stop() }
      let sums = try [server.url, open.url].map { url in
        try Program.run([
          "bash", "-ec",
          """
          for size in 0 1 65536 65537 5000000; do curl -skf -m 20 "\(url)/p?size=$size\(query)" | cksum; done
          """,
        ]).output.split(separator: "\n")
      }
      #expect(sums[0] == sums[1])
      #expect(Set(sums[0]).count == 5)
    }
  }

  @Test func aHandshakeThatFailsIsNoRequest() throws {
    try withSecureOrigin { server, _ in
      #expect(try curl("\(server.url)/").isSuccess == false)
      #expect(try curl("-k", "--tls-max", "1.0", "--tlsv1.0", "\(server.url)/").isSuccess == false)
      #expect(try curl("http://127.0.0.1:\(server.port)/").isSuccess == false)
      for text in ["", "G", "GET / HTTP/1.1\r\n\r\n", "\u{16}\u{3}\u{1}\u{2}\0\u{1}\0\u{1}\r\n"] {
        for resets in [false, true] {
          let client = try RawClient(port: server.port)
          if resets { client.resetOnClose() }
          try client.send(text)
        }
        let patient = try RawClient(port: server.port)
        try patient.send(text)
        patient.finishSending()
        patient.drain()
      }
      #expect(eventually { server.counts().open == 0 })
      var counts = server.counts()
      counts.connections = 0
      #expect(counts == OriginCounts())
      #expect(try curl("-k", "\(server.url)/?size=3").isSuccess)
      #expect(server.counts().requests == 1)
    }
  }

  @Test(arguments: ["size=1GB", "size=1GB&bandwidth=10MB", "latency=1h"]) func clientsMayGoAway(query: String) throws {
    try withSecureOrigin { server, _ in
      let hasty = try curl("-k", "-o", "/dev/null", "--max-time", "0.3", "\(server.url)/?\(query)")
      #expect(!hasty.isSuccess)
      #expect(eventually { server.counts().open == 0 })
      #expect(server.counts().requests == 1)
      #expect(server.counts().completed == 0)
      #expect(server.counts().inFlight == 0)
    }
  }

  @Test func slowReadersHoldNothingUp() throws {
    try withSecureOrigin { server, _ in
      let slow = try curl(
        "-k", "-o", "/dev/null", "--max-time", "0.5", "--limit-rate", "100K", "\(server.url)/?size=1GB")
      #expect(!slow.isSuccess)
      #expect(server.counts().bytes < 100_000_000)
    }
  }

  /// Answers in their order, and an end that is announced, not just a connection cut off.
  @Test func pipelinedRequestsAndTheEnd() throws {
    try withSecureOrigin(settings { $0.size = 7 }) { server, _ in
      let client = """
        import socket, ssl, sys
        context = ssl._create_unverified_context()
        plain = socket.create_connection(("127.0.0.1", \(server.port)), 20)
        client = context.wrap_socket(plain, suppress_ragged_eofs=False)
        client.sendall(b"GET /?latency=5ms HTTP/1.1\\r\\n\\r\\n" * 50 + b"GET / HTTP/1.0\\r\\n\\r\\n")
        answers = b""
        while part := client.recv(65536): answers += part
        print(answers.count(b"200 OK"), answers.count(b"Connection: close"))
        """
      let outcome = try Program.run(["python3", "-c", client])
      #expect(outcome.output == "51 1\n", "\(outcome.errors)")
      #expect(server.counts().completed == 51)
      #expect(eventually { server.counts().open == 0 })
    }
  }
}
