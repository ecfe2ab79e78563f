internal import CLibcurl
import Glibc
internal import Time

/// One of libcurl's easy handles, used for one request after the other.
final class EasyHandle {
  let raw: UnsafeMutableRawPointer
  private let settings: HTTPClientSettings
  private let connections: Int
  private let answer = UnsafeMutablePointer<Answer>.allocate(capacity: 1)
  private let errorText = UnsafeMutablePointer<CChar>.allocate(capacity: Int(CURL_ERROR_SIZE))
  private var headers: UnsafeMutablePointer<curl_slist>?
  private var isSetUp = false
  /// Opens and closes the sockets of connections.
  private var sockets: (open: OpenFunction, close: CloseFunction, context: UnsafeMutableRawPointer)?

  typealias OpenFunction =
    @convention(c) (
      UnsafeMutableRawPointer, curlsocktype, UnsafeMutablePointer<curl_sockaddr>
    ) -> curl_socket_t
  typealias CloseFunction = @convention(c) (UnsafeMutableRawPointer, curl_socket_t) -> Int32

  /// - Parameter connections: how many are kept for later requests; 0: as many as libcurl likes.
  /// - Throws: where libcurl has no memory, or doesn't know an option.
  init(_ settings: HTTPClientSettings, keeping connections: Int = 0) throws {
    try Libcurl.load()
    guard let raw = clibcurl_easy_init() else { throw LibcurlError(reason: "curl_easy_init: no memory") }
    self.raw = raw
    self.settings = settings
    self.connections = connections
    answer.initialize(
      to: Answer(
        limit: settings.maxBytes ?? .max, computesChecksum: settings.computesChecksum,
        followsRedirects: settings.followsRedirects))
    errorText.initialize(repeating: 0, count: Int(CURL_ERROR_SIZE))
    try makeHeaders()
  }

  deinit {
    clibcurl_easy_cleanup(raw)
    clibcurl_free(headers)
    answer.deallocate()
    errorText.deallocate()
  }

  func useSockets(
    of context: UnsafeMutableRawPointer, open: @escaping OpenFunction, close: @escaping CloseFunction
  ) {
    sockets = (open, close, context)
  }

  // MARK: - Options

  func set(_ option: CURLoption, _ value: Int) throws { try check(clibcurl_set_long(raw, option, value), option) }
  func set(_ option: CURLoption, _ value: Bool) throws { try set(option, value ? 1 : 0) }
  func set(_ option: CURLoption, _ text: String) throws { try check(clibcurl_set_text(raw, option, text), option) }
  func set(_ option: CURLoption, pointer: UnsafeMutableRawPointer?) throws {
    try check(clibcurl_set_pointer(raw, option, pointer), option)
  }

  private func check(_ code: CURLcode, _ option: CURLoption) throws {
    guard code == CURLE_OK else {
      throw LibcurlError(reason: "option \(option.rawValue): \(String(cString: clibcurl_error_text(code)))")
    }
  }

  private func setUp() throws {
    try set(CURLOPT_NOSIGNAL, true)
    try set(CURLOPT_ERRORBUFFER, pointer: errorText)
    try check(clibcurl_set_protocols(raw), CURLOPT_PROTOCOLS_STR)
    try set(CURLOPT_USERAGENT, "concrun")
    // Not even what the environment says.
    try set(CURLOPT_PROXY, settings.proxy ?? "")
    try set(CURLOPT_NOPROXY, "")
    // The path is the file's to say; a body of the embedded server follows from it.
    try set(CURLOPT_PATH_AS_IS, true)
    try set(CURLOPT_TIMEOUT_MS, max(1, settings.timeout.millisecondsRoundedUp))
    try set(CURLOPT_FOLLOWLOCATION, settings.followsRedirects)
    try set(CURLOPT_MAXREDIRS, HTTPClientSettings.maximumRedirects)
    try set(CURLOPT_SSL_VERIFYPEER, settings.verifiesTLS)
    try set(CURLOPT_SSL_VERIFYHOST, settings.verifiesTLS ? 2 : 0)
    if let file = settings.certificateFile {
      try trust(file)
    } else if settings.verifiesTLS, let folder = CertificateFolder.path(of: self) {
      // With both a file and a folder of certificates, libcurl would read the whole file for each connection.
      try check(clibcurl_set_text(raw, CURLOPT_CAINFO, nil), CURLOPT_CAINFO)
      try set(CURLOPT_CAPATH, folder)
    }
    try set(CURLOPT_FRESH_CONNECT, !settings.reusesConnections)
    try set(CURLOPT_FORBID_REUSE, !settings.reusesConnections)
    try set(CURLOPT_PIPEWAIT, settings.version == .http2)
    // No file: the handle keeps cookies in memory, until it is freed.
    if settings.keepsCookies { try set(CURLOPT_COOKIEFILE, "") }
    if connections > 0 { try set(CURLOPT_MAXCONNECTS, connections) }
    try setMethod()
    for (name, value) in settings.headers where Self.isEncoding(name, value) {
      try set(CURLOPT_ACCEPT_ENCODING, value)
    }
    try set(CURLOPT_HTTPHEADER, pointer: headers)
    try check(
      clibcurl_set_answer(
        raw,
        { context, _, _, _, _ in
          context.assumingMemoryBound(to: Answer.self).pointee.begin()
          return CURL_PREREQFUNC_OK
        },
        { bytes, _, count, context in
          context.assumingMemoryBound(to: Answer.self).pointee.takeHeader(bytes, count)
          return count
        },
        { bytes, _, count, context in
          context.assumingMemoryBound(to: Answer.self).pointee.take(bytes, count) ? count : 0
        }, answer), CURLOPT_WRITEFUNCTION)
    if let sockets {
      try check(clibcurl_set_open(raw, sockets.open, sockets.context), CURLOPT_OPENSOCKETFUNCTION)
      try check(clibcurl_set_close(raw, sockets.close, sockets.context), CURLOPT_CLOSESOCKETFUNCTION)
    }
  }

  /// Checks servers, and a proxy that speaks TLS, by the certificates of this file alone.
  private func trust(_ file: String) throws {
    try set(CURLOPT_CAINFO, file)
    try set(CURLOPT_PROXY_CAINFO, file)
    // A library that doesn't know of folders has none.
    _ = clibcurl_set_text(raw, CURLOPT_CAPATH, nil)
    _ = clibcurl_set_text(raw, CURLOPT_PROXY_CAPATH, nil)
  }

  private func setMethod() throws {
    switch settings.method {
    case "GET": try set(CURLOPT_HTTPGET, true)
    case "HEAD": try set(CURLOPT_NOBODY, true)
    case "POST", "PUT", "PATCH":
      try set(CURLOPT_POST, true)
      try setBody()
      if settings.method != "POST" { try set(CURLOPT_CUSTOMREQUEST, settings.method) }
    default: try set(CURLOPT_CUSTOMREQUEST, settings.method)
    }
  }

  private func setBody() throws {
    guard let body = settings.body, body.count > 0 else {
      // A body of no bytes, and a header that says so.
      return try set(CURLOPT_COPYPOSTFIELDS, "")
    }
    try check(clibcurl_set_size(raw, CURLOPT_POSTFIELDSIZE_LARGE, curl_off_t(body.count)), CURLOPT_POSTFIELDSIZE_LARGE)
    try set(CURLOPT_POSTFIELDS, pointer: body.address)
    // libcurl would repeat PUT and PATCH without the body.
    if settings.method != "POST" { try set(CURLOPT_POSTREDIR, Self.everyRedirect) }
  }

  /// CURL_REDIR_POST_ALL, which is an expression in C.
  private static let everyRedirect = 1 | 2 | 4

  /// Encodings that libcurl is to undo.
  private static func isEncoding(_ name: String, _ value: String) -> Bool {
    name.lowercased() == "accept-encoding" && !value.isEmpty
  }

  private func makeHeaders() throws {
    var lines = settings.headers.filter { !Self.isEncoding($0.name, $0.value) }.map { name, value in
      // A header without a value would take one of libcurl's own away.
      value.isEmpty ? "\(name);" : "\(name): \(value)"
    }
    // With this header, a server that doesn't know it would hold up each large body for a second.
    if settings.body != nil, !settings.headers.contains(where: { $0.name.lowercased() == "expect" }) {
      lines.append("Expect:")
    }
    for line in lines {
      guard let longer = clibcurl_append(headers, line) else {
        throw LibcurlError(reason: "curl_slist_append: no memory")
      }
      headers = longer
    }
  }

  // MARK: - One request

  func prepare(_ url: String) throws {
    if !isSetUp || answer.pointee.attempts > 1 {
      // libcurl counts how often it tried anew over the whole life of a handle, and gives up at five; connections stay.
      clibcurl_easy_reset(raw)
      try setUp()
      isSetUp = true
    }
    answer.pointee.clear()
    errorText[0] = 0
    let isSecure = url.prefix(6).lowercased() == "https:"
    let version: Int =
      switch settings.version {
      case .http1: CURL_HTTP_VERSION_1_1
      case .http2: isSecure ? CURL_HTTP_VERSION_2TLS : CURL_HTTP_VERSION_2_PRIOR_KNOWLEDGE
      }
    try set(CURLOPT_HTTP_VERSION, version)
    if settings.version == .http2 {
      try set(CURLOPT_FRESH_CONNECT, !settings.reusesConnections || (!isSecure && Libcurl.breaksKeptHTTP2))
    }
    try set(CURLOPT_URL, url)
  }

  /// What a transfer that ended with this code came to.
  func response(_ code: CURLcode) throws(HTTPFailure) -> HTTPResponse {
    let bytes = answer.pointee.bytes
    guard code == CURLE_OK else { throw HTTPFailure(kind(of: code), reason(for: code), bytes: bytes) }
    let version = clibcurl_get_long(raw, CURLINFO_HTTP_VERSION)
    if settings.version == .http2, version != CURL_HTTP_VERSION_2_0 {
      throw HTTPFailure(.protocol, "the answer didn't come by HTTP/2", bytes: bytes)
    }
    return HTTPResponse(
      status: clibcurl_get_long(raw, CURLINFO_RESPONSE_CODE), bytes: bytes,
      crc32: settings.computesChecksum ? UInt32(truncatingIfNeeded: answer.pointee.checksum) : nil)
  }

  private func reason(for code: CURLcode) -> String {
    if answer.pointee.isTooLarge, let limit = settings.maxBytes { return "the body has more than \(limit) bytes" }
    let text = String(cString: errorText[0] == 0 ? clibcurl_error_text(code) : UnsafePointer(errorText))
    if code == CURLE_PEER_FAILED_VERIFICATION {
      return "\(text) (ca_file names certificates to trust, verify_tls: false accepts any certificate)"
    }
    return isRefusedHTTP2(code) ? "\(text) (does this server speak HTTP/2?)" : text
  }

  /// A server that doesn't know HTTP/2 breaks a new connection that begins with it.
  private func isRefusedHTTP2(_ code: CURLcode) -> Bool {
    settings.version == .http2 && [CURLE_SEND_ERROR, CURLE_RECV_ERROR, CURLE_GOT_NOTHING].contains(code)
      && answer.pointee.phase != .answering && clibcurl_get_long(raw, CURLINFO_NUM_CONNECTS) > 0
  }

  private func kind(of code: CURLcode) -> HTTPFailure.Kind {
    if answer.pointee.isTooLarge { return .tooLarge }
    if clibcurl_get_long(raw, CURLINFO_HTTP_CONNECTCODE) >= 300 { return .connect }
    if isRefusedHTTP2(code) { return .protocol }
    switch code {
    case CURLE_COULDNT_RESOLVE_HOST, CURLE_COULDNT_RESOLVE_PROXY: return .resolve
    case CURLE_COULDNT_CONNECT:
      return clibcurl_get_long(raw, CURLINFO_OS_ERRNO) == Int(ECONNREFUSED) ? .refused : .connect
    case CURLE_OPERATION_TIMEDOUT:
      switch answer.pointee.phase {
      case .connecting: return .timeoutConnect
      case .waiting: return .timeoutFirstByte
      case .answering: return .timeoutBody
      }
    case CURLE_SSL_CONNECT_ERROR, CURLE_PEER_FAILED_VERIFICATION, CURLE_SSL_CERTPROBLEM, CURLE_SSL_CIPHER,
      CURLE_SSL_ENGINE_NOTFOUND, CURLE_SSL_ENGINE_SETFAILED, CURLE_SSL_ENGINE_INITFAILED, CURLE_USE_SSL_FAILED,
      CURLE_SSL_CACERT_BADFILE, CURLE_SSL_CRL_BADFILE, CURLE_SSL_ISSUER_ERROR, CURLE_SSL_SHUTDOWN_FAILED,
      CURLE_SSL_PINNEDPUBKEYNOTMATCH, CURLE_SSL_INVALIDCERTSTATUS, CURLE_SSL_CLIENTCERT:
      return .tls
    case CURLE_SEND_ERROR, CURLE_RECV_ERROR, CURLE_GOT_NOTHING: return .reset
    case CURLE_PARTIAL_FILE: return .truncated
    case CURLE_HTTP2_STREAM: return answer.pointee.phase == .answering ? .truncated : .reset
    case CURLE_TOO_MANY_REDIRECTS: return .tooManyRedirects
    default: return .protocol
    }
  }
}
