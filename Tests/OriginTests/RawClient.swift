import Glibc

/// A blocking connection to this machine that knows no HTTP but how answers end.
final class RawClient {
  private let socket: Int32
  private var unread: [UInt8] = []

  struct Answer: Equatable {
    var status: Int
    var head: String
    var body: [UInt8]

    var text: String { String(decoding: body, as: UTF8.self) }
  }

  struct Failure: Error {}

  init(port: Int) throws {
    socket = Glibc.socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_port = in_port_t(port).bigEndian
    address.sin_addr.s_addr = in_addr_t(0x7f00_0001).bigEndian
    let result = withUnsafePointer(to: address) {
      $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        connect(socket, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
      }
    }
    guard result == 0 else { throw Failure() }
    // So that a test that would hang fails.
    var limit = timeval(tv_sec: 120, tv_usec: 0)
    setsockopt(socket, SOL_SOCKET, SO_RCVTIMEO, &limit, socklen_t(MemoryLayout<timeval>.size))
  }

  deinit {
    close(socket)
  }

  func send(_ text: String) throws {
    try send(Array(text.utf8))
  }

  func send(_ bytes: [UInt8]) throws {
    var rest = bytes[...]
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes { Glibc.send(socket, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL)) }
      guard count > 0 else { throw Failure() }
      rest = rest.dropFirst(count)
    }
  }

  /// Sends no more, but still listens.
  func finishSending() {
    shutdown(socket, Int32(SHUT_WR))
  }

  /// Makes going away an abrupt thing.
  func resetOnClose() {
    var option = linger(l_onoff: 1, l_linger: 0)
    setsockopt(socket, SOL_SOCKET, SO_LINGER, &option, socklen_t(MemoryLayout<linger>.size))
  }

  /// - Parameter hasBody: whether a body follows, where there's a length.
  func receive(hasBody: Bool = true) throws -> Answer {
    let head = try String(decoding: bytes(through: Array("\r\n\r\n".utf8)), as: UTF8.self)
    let lines = head.split(separator: "\r\n")
    let length = lines.first { $0.hasPrefix("Content-Length: ") }.flatMap { Int($0.dropFirst(16)) } ?? 0
    guard let status = lines.first?.split(separator: " ").dropFirst().first.flatMap({ Int($0) }) else {
      throw Failure()
    }
    return Answer(status: status, head: head, body: try hasBody ? bytes(length) : [])
  }

  func get(_ target: String) throws -> Answer {
    try send("GET \(target) HTTP/1.1\r\nHost: x\r\n\r\n")
    return try receive()
  }

  /// Waits until the other side closes; whether nothing came before that.
  func isClosed() -> Bool {
    unread.isEmpty && (try? more()) == false
  }

  /// Waits until the other side closes, whatever comes before that.
  func drain() {
    while (try? more()) == true {}
  }

  private func bytes(_ count: Int) throws -> [UInt8] {
    while unread.count < count { guard try more() else { throw Failure() } }
    defer { unread.removeFirst(count) }
    return Array(unread.prefix(count))
  }

  private func bytes(through end: [UInt8]) throws -> [UInt8] {
    while true {
      if let range = unread.firstRange(of: end) { return try bytes(range.upperBound) }
      guard try more() else { throw Failure() }
    }
  }

  private func more() throws -> Bool {
    var buffer = [UInt8](repeating: 0, count: 64 * 1024)
    let count = recv(socket, &buffer, buffer.count, 0)
    guard count >= 0 else { throw Failure() }
    unread += buffer.prefix(count)
    return count > 0
  }
}
