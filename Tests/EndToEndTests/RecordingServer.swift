import Foundation

/// An HTTP server in Python that nobody here wrote: it tells what each request had, in a file of JSON lines.
///
/// The server sets a cookie `sid` where a request has none, and answers with the body that it was sent, or with `ok`.
/// It ends with its test.
enum RecordingServer {
  /// A request, as the server saw it.
  struct Request: Decodable {
    var method: String
    var path: String
    var host: String
    var type: String?
    var cookie: String?
    var expect: String?
    /// The length of the body, and its CRC-32.
    var length: Int
    var crc32: UInt32
  }

  /// A shell command that starts the server, runs the rest with its port in `$port`, and stops the server.
  ///
  /// - Parameters:
  ///   - certificate: whether the server speaks TLS, with `cert.pem` and `key.pem` of the current folder.
  ///   - command: what to run.
  static func around(_ command: String, certificate: Bool = false) -> String {
    """
    timeout 3600 python3 server.py \(certificate ? "cert.pem key.pem" : "") > server.log 2>&1 & server=$!
    trap 'kill $server; wait' EXIT
    until test -s port; do kill -0 $server || { cat server.log >&2; exit 9; }; sleep 0.02; done
    port=$(cat port)
    sed -i "s|PORT|$port|g" *.yaml
    \(command)
    """
  }

  static let program = #"""
    import http.server, itertools, json, os, ssl, sys, threading, zlib
    numbers, lock = itertools.count(1), threading.Lock()

    class Handler(http.server.BaseHTTPRequestHandler):
      protocol_version = "HTTP/1.1"
      disable_nagle_algorithm = True
      def handle_all(self):
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        told = {"method": self.command, "path": self.path, "host": self.headers.get("Host"),
                "type": self.headers.get("Content-Type"), "cookie": self.headers.get("Cookie"),
                "expect": self.headers.get("Expect"), "length": len(body), "crc32": zlib.crc32(body)}
        with lock: print(json.dumps(told), file=requests, flush=True)
        answer = body or b"ok"
        self.send_response(200)
        self.send_header("Content-Length", str(len(answer)))
        if not self.headers.get("Cookie"): self.send_header("Set-Cookie", f"sid=cookie-value-{next(numbers)}; Path=/")
        self.end_headers()
        if self.command != "HEAD": self.wfile.write(answer)
      do_GET = do_HEAD = do_POST = do_PUT = do_PATCH = handle_all
      def log_message(self, *arguments): pass

    requests = open("requests.jsonl", "w")
    class Server(http.server.ThreadingHTTPServer):
      request_queue_size = 256
    server = Server(("127.0.0.1", 0), Handler)
    if len(sys.argv) > 1:
      context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
      context.load_cert_chain(sys.argv[1], sys.argv[2])
      server.socket = context.wrap_socket(server.socket, server_side=True, do_handshake_on_connect=False)
    open("port.new", "w").write(str(server.server_address[1]))
    os.rename("port.new", "port")
    server.serve_forever()
    """#
}

extension Workbench {
  /// Writes the server's program beside the experiments, and runs a command while the server runs.
  func whileRecording(_ command: String, certificate: Bool = false) async throws -> Outcome {
    _ = try write("server.py", RecordingServer.program)
    return try await shell(RecordingServer.around(command, certificate: certificate))
  }

  /// The requests that the server had, in the order in which they came.
  func recordedRequests() throws -> [RecordingServer.Request] {
    try String(contentsOfFile: "\(folder)/requests.jsonl", encoding: .utf8).split(separator: "\n").map {
      try JSONDecoder().decode(RecordingServer.Request.self, from: Data($0.utf8))
    }
  }
}
