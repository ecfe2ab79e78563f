import Glibc
import OS
import Synchronization
import SystemPackage

/// Answers each request with bytes that needn't be HTTP: what real servers do wrong.
final class ScriptedServer: Sendable {
  struct Answer: Sendable {
    enum Ending: Sendable {
      /// Waits for the next request.
      case keepOpen
      case close
      /// Breaks the connection, so that the client is told.
      case reset
      /// Says no more, until the client hangs up.
      case hang
    }

    var bytes: [UInt8]
    var ending: Ending

    init(_ text: String, _ ending: Ending = .close) {
      bytes = Array(text.utf8)
      self.ending = ending
    }
  }

  let port: Int
  private let listener: Int32
  private let answer: @Sendable (_ path: String) -> Answer
  private let isOpen = Atomic(true)
  private let accepted = Atomic(0)
  private let requests = Mutex<[(head: String, body: [UInt8])]>([])

  private let requestsPerConnection: Int

  /// - Parameter requestsPerConnection: one more breaks it, as if the server had closed it just then.
  init(requestsPerConnection: Int = .max, _ answer: @escaping @Sendable (_ path: String) -> Answer) throws {
    self.requestsPerConnection = requestsPerConnection
    let (listener, port) = try Self.listen()
    self.listener = listener
    self.port = port
    self.answer = answer
    _ = try OSThread.spawn { [self] in acceptAll() }
  }

  func url(_ path: String, scheme: String = "http") -> String { "\(scheme)://127.0.0.1:\(port)\(path)" }

  /// The heads of the requests so far.
  var heads: [String] { requests.withLock { $0.map(\.head) } }

  /// The bodies of the requests so far; empty where a request has none.
  var bodies: [[UInt8]] { requests.withLock { $0.map(\.body) } }

  /// Connections so far.
  var connections: Int { accepted.load(ordering: .relaxed) }

  func stop() {
    isOpen.store(false, ordering: .relaxed)
    shutdown(listener, Int32(SHUT_RDWR))
  }

  private static func listen() throws -> (Int32, Int) {
    let (socket, port) = try bind()
    guard Glibc.listen(socket, 64) == 0 else { throw SystemError("listen", .init(rawValue: errno)) }
    return (socket, port)
  }

  fileprivate static func bind() throws -> (Int32, Int) {
    let listener = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_addr.s_addr = UInt32(0x7f00_0001).bigEndian
    var length = socklen_t(MemoryLayout<sockaddr_in>.size)
    let status = withUnsafeMutablePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { address in
        Glibc.bind(listener, address, length) == 0 && getsockname(listener, address, &length) == 0
      }
    }
    guard listener >= 0, status else { throw SystemError("bind", .init(rawValue: errno)) }
    return (listener, Int(UInt16(bigEndian: address.sin_port)))
  }

  private func acceptAll() {
    while isOpen.load(ordering: .relaxed) {
      let connection = accept(listener, nil, nil)
      guard connection >= 0 else { break }
      accepted.add(1, ordering: .relaxed)
      _ = try? OSThread.spawn { [self] in
        serve(connection)
        close(connection)
      }
    }
    close(listener)
  }

  private static func contentLength(of head: String) -> Int {
    let line = head.split(separator: "\r\n").first { $0.lowercased().hasPrefix("content-length:") }
    return line.flatMap { Int($0.dropFirst("content-length:".count).drop { $0 == " " }) } ?? 0
  }

  private func serve(_ connection: Int32) {
    var head: [UInt8] = []
    var count = 0
    while true {
      var buffer = [UInt8](repeating: 0, count: 65536)
      let length = read(connection, &buffer, buffer.count)
      guard length > 0 else { return }
      head += buffer[..<length]
      // Requests here are never pipelined. What isn't HTTP is answered as it comes.
      let isHTTP = (head.first ?? 0) >= UInt8(ascii: "A")
      let end = head.firstRange(of: Array("\r\n\r\n".utf8))?.upperBound
      guard !isHTTP || end != nil else { continue }
      let text = String(decoding: head[..<(end ?? head.count)], as: UTF8.self)
      let body = Array(head[(end ?? head.count)...])
      guard body.count >= Self.contentLength(of: text) else { continue }
      count += 1
      if count > requestsPerConnection { return }
      requests.withLock { $0.append((text, body)) }
      let words = text.split(separator: " ")
      let answer = answer(words.count > 1 ? String(words[1]) : "")
      head = []
      _ = answer.bytes.withUnsafeBytes { write(connection, $0.baseAddress, $0.count) }
      switch answer.ending {
      case .keepOpen: continue
      case .close: return
      case .reset:
        var linger = linger(l_onoff: 1, l_linger: 0)
        setsockopt(connection, SOL_SOCKET, SO_LINGER, &linger, socklen_t(MemoryLayout<linger>.size))
        return
      case .hang:
        _ = read(connection, &buffer, buffer.count)
        return
      }
    }
  }
}

/// A port of this machine on which nobody listens, and nobody else can while this lives.
final class ClosedPort: Sendable {
  let number: Int
  private let socket: Int32

  init() throws {
    (socket, number) = try ScriptedServer.bind()
  }

  deinit {
    close(socket)
  }
}
