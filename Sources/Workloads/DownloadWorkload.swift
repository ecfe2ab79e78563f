internal import Board
internal import EventLoop
package import HTTP
package import Model
package import PluginKit
internal import Time

/// The tutorial's I/O-bound work: fetches each URL of a list, again and again, and reads every body to its end.
package struct DownloadWorkload: Workload {
  /// The name, the parameters and the help that files are checked against.
  package static let description = PluginDescription(
    .workload, "download", summary: "Fetches URLs and reads every body to its end: I/O-bound work.",
    parameters: [
      ParameterSchema("urls", .list(.string), minimum: 1, help: "What to fetch; ${origin} is the embedded server."),
      ParameterSchema(
        "urls_from", .lines, minimum: 1,
        help: "Instead of urls, a file with one a line; its path is relative to the experiment file."),
      ParameterSchema(
        ParameterName.repetitions, .integer, default: .integer(1), minimum: 1, maximum: 1_000_000,
        help: "How often the list is gone through; each fetch is a task."),
      ParameterSchema(
        "method", .choice(["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"]), default: .string("GET"),
        help:
          "The request method. A redirect repeats it with its body, but POST becomes GET after 301 to 303, without one."
      ),
      ParameterSchema(
        "headers", .map(.string), default: .map([:]),
        help: "Headers to send. With Accept-Encoding, bodies are decoded before they are counted."),
      ParameterSchema(
        "request_timeout", .duration, default: .number(10), minimum: 0.001, maximum: 86_400,
        help: "Longest time of one request, redirects included."),
      ParameterSchema(
        "follow_redirects", .boolean, default: .boolean(true),
        help: "Whether redirects are followed, \(HTTPClientSettings.maximumRedirects) at most."),
      ParameterSchema("max_bytes", .size, minimum: 0, help: "A larger body is a failure. Default: no limit."),
      ParameterSchema(
        "http_version", .choice(HTTPClientSettings.Version.allCases.map(\.rawValue)), default: .string("1.1"),
        help:
          "2 without TLS is spoken from the first byte on, and connections aren't kept then (libcurl 7.88 can't); a "
          + "server that doesn't speak it is a failure."),
      ParameterSchema(
        "verify_tls", .boolean, default: .boolean(true), help: "Whether the server's certificate has to be valid."),
      CertificateFile.parameter,
      ParameterSchema(
        "cookies", .boolean, needs: .cookies,
        help: "Whether each worker keeps the cookies that servers set, until the trial ends. Default: false."),
      ParameterSchema("proxy", .string, help: "The URL of a proxy. Default: none, whatever the environment says."),
      ParameterSchema(
        "expect_status", .string, default: .string("2xx"),
        help: "Statuses that are no failure: 200, 2xx, or several with commas."),
      ParameterSchema(
        "verify", .choice(Check.allCases.map(\.rawValue)),
        help: "What has to be the same in every trial: body (its CRC-32), size, status or none. Default: body for the "
          + "embedded server, whose bodies are known; status for others, whose pages change."),
      ParameterSchema(
        "reuse_connections", .boolean, default: .boolean(true), help: "Whether a connection serves several requests."),
      ParameterSchema(
        "cooperative", .boolean, default: .boolean(true),
        help: "Whether a task gives control back to its event loop while it waits; false shows what that costs."),
    ] + DownloadBody.parameters,
    exactlyOneOf: [["urls", "urls_from"]],
    requests: .init(
      items: ["urls", "urls_from"], bodiless: .init("method", is: .string("HEAD")),
      bodies: DownloadBody.parameters.map(\.name)))

  /// What a task's value is, and so the checksum.
  private enum Check: String, CaseIterable {
    case body, size, status, none
  }

  private struct Item {
    /// As it is requested.
    var url: String
    /// As messages have it.
    var shown: String
    var check: Check
    /// Of the embedded server's body.
    var expected: OriginAnswer?
  }

  private let items: [Item]
  /// The number of tasks.
  package let taskCount: Int
  private let client: HTTPClientSettings
  private let body: DownloadBody?
  private let statuses: StatusSet
  private let isCooperative: Bool

  /// Takes checked parameters.
  package init(_ values: ParameterValues) throws {
    let name = Self.nameOfURLs(values.all)
    let urls = try values.strings(name)
    var requests: [String] = []
    for (index, url) in urls.enumerated() {
      do throws(HTTPURL.Problem) {
        requests.append(try HTTPURL(checking: url).request)
      } catch {
        throw ParameterError(name: name, problem: "'\(url)': \(error)", item: index)
      }
    }
    guard let statuses = StatusSet(try values.string("expect_status")) else {
      throw ParameterError(name: "expect_status", problem: "write 200, 2xx, or several with commas")
    }
    self.statuses = statuses
    let check = values.optionalString("verify").flatMap(Check.init)
    items = urls.enumerated().map { index, url in
      let expected = values.answers.indices.contains(index) ? values.answers[index] : nil
      return Item(
        url: requests[index], shown: HTTPURL.shown(url), check: check ?? (expected == nil ? .status : .body),
        expected: expected)
    }
    let repetitions = try values.integer(ParameterName.repetitions)
    let (count, overflow) = urls.count.multipliedReportingOverflow(by: repetitions)
    guard !overflow, count <= Board.maximumTaskCount else {
      throw ParameterError(name: ParameterName.repetitions, problem: "more than \(Board.maximumTaskCount) tasks")
    }
    taskCount = count
    isCooperative = try values.boolean("cooperative")
    client = try Self.client(values, needsChecksum: items.contains { $0.check == .body })
    body = try DownloadBody(values)
  }

  private static func nameOfURLs(_ parameters: [String: Value]) -> String {
    parameters["urls"] == nil ? "urls_from" : "urls"
  }

  private static func client(_ values: ParameterValues, needsChecksum: Bool) throws -> HTTPClientSettings {
    var client = HTTPClientSettings()
    client.method = try values.string("method")
    let names = (values.optionalMap("headers") ?? [:]).keys.map { $0.lowercased() }
    guard Set(names).count == names.count else {
      throw ParameterError(name: "headers", problem: "one of them stands twice: the case of a name doesn't matter")
    }
    client.headers = try (values.optionalMap("headers") ?? [:]).sorted { $0.key < $1.key }.map { name, value in
      let text = value.string ?? ""
      let isToken = name.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7f && !"\"(),/:;<=>?@[\\]{}".utf8.contains($0) }
      guard isToken, !name.isEmpty else {
        throw ParameterError(name: "headers", problem: "'\(name)' can't be the name of a header")
      }
      guard !text.utf8.contains(where: { $0 < 0x20 && $0 != 0x09 }) else {
        throw ParameterError(name: "headers", problem: "the value of '\(name)' has a character that no header can have")
      }
      return (name, text)
    }
    client.timeout = .seconds(try values.number("request_timeout"))
    client.followsRedirects = try values.boolean("follow_redirects")
    client.maxBytes = values.optionalInteger("max_bytes")
    client.version = HTTPClientSettings.Version(rawValue: try values.string("http_version")) ?? .http1
    client.verifiesTLS = try values.boolean("verify_tls")
    client.certificateFile = try CertificateFile.path(in: values)
    client.proxy = values.optionalString("proxy")
    if let proxy = client.proxy {
      do throws(HTTPURL.Problem) {
        client.proxy = try HTTPURL(
          checking: proxy, schemes: ["http", "https", "socks4", "socks4a", "socks5", "socks5h"]
        ).request
      } catch {
        throw ParameterError(name: "proxy", problem: "'\(proxy)': \(error)")
      }
    }
    client.reusesConnections = try values.boolean("reuse_connections")
    client.keepsCookies = values.all["cookies"]?.boolean ?? false
    if client.keepsCookies, names.contains("cookie") {
      throw ParameterError(name: "headers", problem: "with cookies: true, servers set the cookies: leave 'Cookie' out")
    }
    client.computesChecksum = needsChecksum
    return client
  }

  /// Returns the parameters with the one check that fits all URLs, and with hosts in ASCII.
  ///
  /// - Throws: where the checks differ between them.
  package func portable(_ parameters: [String: Value]) throws -> [String: Value] {
    var parameters = parameters
    let checks = Set(items.map(\.check))
    guard let check = checks.first, checks.count == 1 else {
      throw ParameterError(
        name: "verify", problem: "say which: by default it differs between these URLs, and an external plugin knows one"
      )
    }
    parameters["verify"] = .string(check.rawValue)
    parameters[Self.nameOfURLs(parameters)] = .list(items.map { .string($0.url) })
    parameters["proxy"] = client.proxy.map(Value.string)
    return parameters
  }

  /// Known where all that is fetched comes from the embedded server, and what it sends instead of an answer is a failure.
  package var expectedChecksum: UInt64? {
    guard items.allSatisfy({ $0.expected != nil && ($0.check == .body || $0.check == .size) }) else { return nil }
    let values = items.compactMap { item in
      item.expected.flatMap { statuses.contains($0.status) ? value(of: $0, item.check) : nil }
    }
    guard values.count == items.count, !statuses.contains(OriginAnswer.errorStatus) else { return nil }
    return (0..<taskCount).reduce(into: UInt64(0)) { $0 &+= UInt64($1 + 1) &* values[$1 % values.count] }
  }

  private func value(of answer: OriginAnswer, _ check: Check) -> UInt64 {
    check == .body ? UInt64(answer.crc32) : UInt64(answer.bytes)
  }

  /// Loads libcurl, and the body of requests.
  package func prepare() throws {
    try Libcurl.load()
    _ = try body?.load()
  }

  /// A client of the worker's own, or a lane of the one that all tasks of its event loop share.
  package enum Session {
    case blocking(BlockingClient)
    case lane(LoopClient.Lane)
  }

  /// Opens a worker's client, or its lane of the loop's client.
  package func openSession(for worker: Worker) throws -> Session {
    var client = client
    client.body = try body?.load()
    guard let loop = worker.loop, isCooperative else { return .blocking(try BlockingClient(client)) }
    return .lane(try loop.attachment { LoopClient(client, on: loop) }.openLane())
  }

  /// Fetches a URL, and blocks until the body has ended.
  package func perform(_ task: Int, in session: inout Session, by worker: Worker) throws -> TaskResult {
    guard case .blocking(let client) = session else { preconditionFailure("a lane doesn't block") }
    let item = items[task % items.count]
    do {
      return try result(worker.blocking { try client.fetch(item.url) }, of: item)
    } catch let failure as HTTPFailure {
      throw WorkFailure(failure, item.shown)
    }
  }

  /// Fetches a URL, and suspends the task until the body has ended.
  package func performAsync(
    _ task: Int, in session: inout Session, by worker: Worker
  ) async throws -> TaskResult {
    guard case .lane(let lane) = session else { return try perform(task, in: &session, by: worker) }
    let item = items[task % items.count]
    do {
      return try await result(lane.fetch(item.url), of: item)
    } catch let failure as HTTPFailure {
      throw WorkFailure(failure, item.shown)
    }
  }

  private func result(_ response: HTTPResponse, of item: Item) throws(WorkFailure) -> TaskResult {
    guard statuses.contains(response.status) else {
      throw WorkFailure(.status, "\(response.status) from \(item.shown)", bytes: response.bytes)
    }
    let value: UInt64 =
      switch item.check {
      case .body: UInt64(response.crc32 ?? 0)
      case .size: UInt64(response.bytes)
      case .status: UInt64(response.status)
      case .none: 0
      }
    if let expected = item.expected, response.status == expected.status, item.check == .body || item.check == .size {
      guard response.bytes == expected.bytes else {
        throw WorkFailure(
          .verify, "\(response.bytes) bytes instead of \(expected.bytes) from \(item.shown)", bytes: response.bytes)
      }
      guard item.check == .size || response.crc32 == expected.crc32 else {
        throw WorkFailure(.verify, "the body from \(item.shown) isn't what the origin sent", bytes: response.bytes)
      }
    }
    return TaskResult(bytes: response.bytes, value: value)
  }
}

extension WorkFailure {
  fileprivate init(_ failure: HTTPFailure, _ url: String) {
    // Every class of a failed request is one of a failed task.
    self.init(
      TaskFailure(rawValue: failure.kind.rawValue) ?? .error, "\(url): \(failure.message)", bytes: failure.bytes)
  }
}
