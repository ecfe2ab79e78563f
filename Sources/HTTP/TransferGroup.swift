internal import CLibcurl
internal import EventLoop
import Glibc
internal import OS
internal import Time

/// One of libcurl's multi handles on an event loop: transfers that run at once, and share their connections.
///
/// libcurl says which descriptors it waits for and until when; the loop says when they are ready. A descriptor that isn't
/// waited for stays with the loop until its connection is closed: for the next request it would only come back.
final class TransferGroup: DescriptorWatcher {
  /// Small, because libcurl walks through all connections of a handle now and then.
  private static let capacity = 64

  private let multi: UnsafeMutableRawPointer
  private let loop: EventLoop
  private var members = 0
  private var isClosed = false
  private var sockets: [Int32: Socket] = [:]
  /// Those of connections: the ones that libcurl tells of when they are closed.
  private var connections: Set<Int32> = []
  /// Transfers that the loop can't watch for: out of the kernel's memory.
  private var unwatched: [UnsafeMutableRawPointer] = []
  private var waiting: [UnsafeMutableRawPointer: UnsafeContinuation<CURLcode, Never>] = [:]
  private var timer: LoopTimer?

  private struct Socket {
    var interest: Poller.Readiness
    /// Whether libcurl wants to hear of it now.
    var isAwaited = true
  }

  init(on loop: EventLoop) throws {
    guard let multi = clibcurl_multi_init() else { throw LibcurlError(reason: "curl_multi_init: no memory") }
    self.multi = multi
    self.loop = loop
    let context = Unmanaged.passUnretained(self).toOpaque()
    clibcurl_multi_set_long(multi, CURLMOPT_MAXCONNECTS, 2 * Self.capacity)
    clibcurl_multi_set_sockets(
      multi,
      { easy, socket, what, context, _ in
        let group = Unmanaged<TransferGroup>.fromOpaque(context).takeUnretainedValue()
        group.socketChanged(socket, to: Int(what), of: easy)
        return 0
      }, context)
    clibcurl_multi_set_timer(
      multi,
      { _, milliseconds, context in
        Unmanaged<TransferGroup>.fromOpaque(context).takeUnretainedValue().timerChanged(milliseconds)
        return 0
      }, context)
    timer = LoopTimer { [unowned self] in act(CURL_SOCKET_TIMEOUT, 0) }
  }

  var hasRoom: Bool { members < Self.capacity }

  /// Makes room for the handle's transfers; its connections tell when they are closed.
  func adopt(_ handle: EasyHandle) {
    members += 1
    handle.useSockets(
      of: Unmanaged.passUnretained(self).toOpaque(),
      open: { context, _, address in
        Unmanaged<TransferGroup>.fromOpaque(context).takeUnretainedValue().openSocket(address.pointee)
      },
      close: { context, socket in
        Unmanaged<TransferGroup>.fromOpaque(context).takeUnretainedValue().closeSocket(socket)
        return 0
      })
  }

  /// Closes all connections; nothing may be under way. It can't be used after that.
  func close() {
    isClosed = true
    clibcurl_multi_cleanup(multi)
  }

  /// Runs a transfer to its end.
  func transfer(_ handle: EasyHandle) async -> CURLcode {
    await withUnsafeContinuation { continuation in
      waiting[handle.raw] = continuation
      let code = clibcurl_multi_add(multi, handle.raw)
      if code != CURLM_OK { end(handle.raw, CURLE_FAILED_INIT) }
    }
  }

  private func end(_ easy: UnsafeMutableRawPointer, _ code: CURLcode) {
    clibcurl_multi_remove(multi, easy)
    waiting.removeValue(forKey: easy)?.resume(returning: code)
  }

  // MARK: - What the loop says

  func descriptor(_ descriptor: Int32, isReadyFor readiness: Poller.Readiness) {
    guard sockets[descriptor]?.isAwaited == true else {
      // The server closed it, most likely; libcurl finds out when it wants to use it again.
      forget(descriptor)
      return
    }
    var what: Int32 = 0
    if readiness.contains(.readable) { what |= CURL_CSELECT_IN }
    if readiness.contains(.writable) { what |= CURL_CSELECT_OUT }
    if readiness.contains(.broken) { what |= CURL_CSELECT_ERR }
    act(descriptor, what)
  }

  private func act(_ socket: curl_socket_t, _ readiness: Int32) {
    clibcurl_multi_action(multi, socket, readiness)
    var code = CURLE_OK
    while let easy = clibcurl_multi_ended(multi, &code) { end(easy, code) }
    for easy in unwatched { end(easy, CURLE_OUT_OF_MEMORY) }
    unwatched = []
  }

  // MARK: - What libcurl says

  private func socketChanged(_ socket: Int32, to what: Int, of easy: UnsafeMutableRawPointer) {
    var wanted: Poller.Readiness = []
    if what & Int(CURL_POLL_IN) != 0 { wanted.insert(.readable) }
    if what & Int(CURL_POLL_OUT) != 0 { wanted.insert(.writable) }
    if what == CURL_POLL_REMOVE {
      guard let known = sockets[socket] else { return }
      guard connections.contains(socket) else { return forget(socket) }
      // Always ready for writing, it would wake the loop for nothing.
      if known.interest != .readable { watch(socket, for: .readable, easy) }
      sockets[socket]?.isAwaited = false
      return
    }
    if sockets[socket]?.interest == wanted {
      sockets[socket]?.isAwaited = true
    } else {
      watch(socket, for: wanted, easy)
    }
  }

  private func watch(_ socket: Int32, for interest: Poller.Readiness, _ easy: UnsafeMutableRawPointer) {
    sockets[socket] = Socket(interest: interest)
    do {
      try loop.watch(socket, for: interest, self)
    } catch {
      sockets[socket] = nil
      unwatched.append(easy)
    }
  }

  private func forget(_ socket: Int32) {
    sockets[socket] = nil
    loop.forget(socket)
  }

  private func openSocket(_ address: curl_sockaddr) -> curl_socket_t {
    let socket = Glibc.socket(address.family, address.socktype | Int32(SOCK_CLOEXEC.rawValue), address.protocol)
    if socket >= 0 { connections.insert(socket) }
    return socket
  }

  private func closeSocket(_ socket: Int32) {
    connections.remove(socket)
    if sockets.removeValue(forKey: socket) != nil, !isClosed { loop.forget(socket) }
    Glibc.close(socket)
  }

  private func timerChanged(_ milliseconds: Int) {
    guard !isClosed, let timer else { return }
    loop.set(timer, to: milliseconds < 0 ? nil : MonotonicClock.now() + .milliseconds(milliseconds))
  }
}
