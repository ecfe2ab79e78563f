internal import NIOCore
internal import NIOHTTP1

/// The answer to all requests for one target, but for chance: decided once, and serialised once if it is small.
final class Answer: Sendable {
  /// `nil` where no setting has a say: refusals, and the counts.
  let settings: OriginSettings?
  let bodySize: Int
  /// The body, where it's sent in chunks.
  let chunks: (body: Body, pace: Pace?)?
  /// The status line and the header lines that are always there.
  private let head: ByteBuffer
  /// The answer to a HTTP/1.1 request on a connection that stays open; `nil` where the body is sent in chunks.
  private let whole: ByteBuffer?

  /// Bytes of memory, about.
  var cost: Int { 256 + (whole?.readableBytes ?? 0) }

  init(to target: RequestTarget, under settings: OriginSettings) {
    self.settings = settings
    // 204, 205 and 304 have no body.
    let hasBody = ![204, 205, 304].contains(settings.status)
    let body = Body(path: target.path, size: hasBody ? settings.size : 0, isCorrupt: settings.corrupt)
    bodySize = body.size
    let pace = bodySize > 0 ? settings.bandwidth.map { Pace(bandwidth: $0) } : nil
    head = Self.head(settings.status, length: bodySize, type: "application/octet-stream")
    if pace == nil && bodySize <= OriginBody.chunkSize {
      var whole = head
      whole.writeStaticString("\r\n")
      body.write(from: 0, count: bodySize, to: &whole)
      self.whole = whole
      chunks = nil
    } else {
      whole = nil
      chunks = (body, pace)
    }
  }

  init(status: Int, text: String, type: String = "text/plain; charset=utf-8") {
    settings = nil
    bodySize = text.utf8.count
    chunks = nil
    head = Self.head(status, length: bodySize, type: type)
    var whole = head
    whole.writeStaticString("\r\n")
    whole.writeString(text)
    self.whole = whole
  }

  static let malformed = Answer(status: 400, text: "not a request that HTTP/1.1 knows\n")
  static let injectedError = Answer(status: 500, text: "an error injected by error_rate\n")

  /// All that is sent at once: the head, and the body unless it's chunked or the method is HEAD.
  func serialised(to request: Request, closing: Bool) -> ByteBuffer {
    let connection = closing ? .close : request.connection
    if let whole, connection == .none, request.method != .head { return whole }
    var buffer = head
    switch connection {
    case .none: buffer.writeStaticString("\r\n")
    case .keepAlive: buffer.writeStaticString("Connection: keep-alive\r\n\r\n")
    case .close: buffer.writeStaticString("Connection: close\r\n\r\n")
    }
    if let whole, request.method != .head {
      buffer.writeBytes(whole.readableBytesView.suffix(bodySize))
    }
    return buffer
  }

  private static func head(_ status: Int, length: Int, type: String) -> ByteBuffer {
    var buffer = ByteBuffer()
    buffer.writeString("HTTP/1.1 \(status) \(HTTPResponseStatus(statusCode: status).reasonPhrase)\r\n")
    // A 204 mustn't have a length, and a 304's would be that of the body left out.
    if status != 204 && status != 304 { buffer.writeString("Content-Length: \(length)\r\n") }
    buffer.writeString("Content-Type: \(type)\r\n")
    return buffer
  }
}
