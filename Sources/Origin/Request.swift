internal import NIOHTTP1

/// The parts of a request that the origin needs: few, since many may wait on a connection that pipelines.
struct Request {
  var target: String
  var method = Method.other
  var connection: ConnectionHeader
  /// The bytes of its body so far.
  var bodyBytes = 0

  enum Method {
    case head, post, other
    /// The parser gave up.
    case malformed
  }

  /// The `Connection` header of the answer.
  enum ConnectionHeader {
    /// Nothing: HTTP/1.1 stays open.
    case none
    case keepAlive
    case close
  }

  static let malformed = Request(target: "", method: .malformed, connection: .close)

  init(target: String, method: Method, connection: ConnectionHeader) {
    self.target = target
    self.method = method
    self.connection = connection
  }

  init(_ head: HTTPRequestHead) {
    target = head.uri
    switch head.method {
    case .HEAD: method = .head
    case .POST: method = .post
    default: method = .other
    }
    // Beyond what asks for another protocol, the parser reads nothing.
    connection =
      !head.isKeepAlive || head.asksForOtherProtocol ? .close : head.version == .http1_1 ? .none : .keepAlive
  }
}

extension HTTPRequestHead {
  var asksForOtherProtocol: Bool { method == .CONNECT || headers.contains(name: "upgrade") }

  /// True if the client waits for an interim answer before it sends the body.
  var expectsContinue: Bool {
    switch method {
    case .GET, .HEAD: false
    default: version == .http1_1 && headers.first(name: "expect")?.lowercased() == "100-continue"
    }
  }
}
