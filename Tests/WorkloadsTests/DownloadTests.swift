import Board
import HTTP
import Model
import OS
import Origin
import PluginKit
import TestFiles
import Testing

@testable import Workloads

struct DownloadTests {
  private static func workload(_ values: [String: Value], answers: [OriginAnswer?] = []) throws -> DownloadWorkload {
    try DownloadWorkload(ParameterValues(completed(DownloadWorkload.description, values).all, answers: answers))
  }

  /// What a task of it comes to.
  private static func perform(
    _ values: [String: Value], task: Int = 0, answers: [OriginAnswer?] = []
  ) throws -> TaskResult {
    let workload = try workload(values, answers: answers)
    var session = try workload.openSession(for: Worker(index: 0))
    return try workload.perform(task, in: &session, by: Worker(index: 0))
  }

  private func failure(_ values: [String: Value], answers: [OriginAnswer?] = []) -> WorkFailure? {
    do {
      _ = try Self.perform(values, answers: answers)
      return nil
    } catch {
      return error as? WorkFailure
    }
  }

  private let origin: OriginServer

  init() throws {
    origin = try OriginServer.start(OriginSettings())
  }

  private func urls(_ paths: String...) -> Value { .list(paths.map { .string(origin.url + $0) }) }

  private let answer = OriginAnswer(bytes: 1024, crc32: OriginBody.crc32(path: "/a", size: 1024))

  @Test func theListIsGoneThroughAgainAndAgain() throws {
    let values: [String: Value] = ["urls": urls("/a?size=1", "/b?size=2"), "repeat": .integer(3)]
    #expect(try Self.workload(values).taskCount == 6)
    #expect(try (0..<6).map { try Self.perform(values, task: $0).bytes } == [1, 2, 1, 2, 1, 2])
  }

  @Test(
    arguments: [
      ("body", UInt64(OriginBody.crc32(path: "/a", size: 1024))), ("size", 1024), ("status", 200), ("none", 0),
    ])
  func aTasksValueIsWhatIsVerified(check: String, value: UInt64) throws {
    #expect(try Self.perform(["urls": urls("/a"), "verify": .string(check)]).value == value)
  }

  @Test func theDefaultIsTheBodyWhereItIsKnown() throws {
    #expect(try Self.perform(["urls": urls("/a")]).value == 200)
    let known = try Self.perform(["urls": urls("/a")], answers: [answer])
    #expect(known.value == UInt64(OriginBody.crc32(path: "/a", size: 1024)))
  }

  @Test func aWrongBodyIsAFailure() {
    let corrupt = failure(["urls": urls("/a?corrupt=true")], answers: [answer])
    #expect(corrupt?.kind == .verify)
    #expect(corrupt?.bytes == 1024)
    #expect(failure(["urls": urls("/other")], answers: [answer])?.kind == .verify)
    #expect(failure(["urls": urls("/a?size=9")], answers: [answer])?.kind == .verify)
    #expect(
      failure(["urls": urls("/a?size=9"), "verify": .string("size")], answers: [answer])?.kind == .verify)
  }

  @Test func whatNobodyVerifiesMayChange() {
    for check in ["size", "status", "none"] {
      #expect(
        failure(["urls": urls("/a?corrupt=true"), "verify": .string(check)], answers: [answer]) == nil)
    }
  }

  @Test func anUnexpectedStatusIsAFailure() {
    let found = failure(["urls": urls("/a?status=404")])
    #expect(found?.kind == .status)
    #expect(found?.message == "404 from \(origin.url)/a?status=404")
    #expect(found?.bytes == 1024)
    #expect(failure(["urls": urls("/a?status=404"), "expect_status": .string("200,404")]) == nil)
    #expect(failure(["urls": urls("/a"), "expect_status": .string("4xx")])?.kind == .status)
  }

  @Test func passwordsAreNotShown() {
    let url = origin.url.replacing("http://", with: "http://user:secret@") + "/a?status=404"
    #expect(
      failure(["urls": .list([.string(url)])])?.message
        == "404 from \(origin.url.replacing("http://", with: "http://user:***@"))/a?status=404")
  }

  @Test func failuresOfRequestsKeepTheirClass() {
    #expect(failure(["urls": urls("/a"), "max_bytes": .integer(1023)])?.kind == .tooLarge)
    // A busy machine needs more time until the request is sent.
    let kinds = [0.05, 1, 20].lazy.map { seconds in
      failure(["urls": urls("/a?latency=300s"), "request_timeout": .number(seconds)])?.kind
    }
    #expect(kinds.contains(.timeoutFirstByte))
  }

  @Test(
    arguments: [
      ("urls", Value.list([.string("example.com")]), "'example.com': a URL begins with http:// or https://"),
      ("urls", .list([.string("http://a/ b")]), "' ' can't stand in a URL: write %20"),
      ("urls", .list([.string("http://a/ü")]), "'ü' can't stand in a URL: write %C3%BC"),
      ("urls", .list([.string("ftp://a/")]), "'ftp' is none of http, https"),
      ("urls", .list([.string("http://a:99999/")]), "':99999' isn't a port"),
      ("proxy", .string("127.0.0.1:8080"), "a URL begins with http://"),
      ("proxy", .string("ftp://127.0.0.1"), "'ftp' is none of http, https, socks4"),
      ("headers", .map(["X": .string("1"), "x": .string("2")]), "one of them stands twice"),
      ("expect_status", .string("2yx"), "write 200, 2xx"), ("expect_status", .string("700"), "write 200"),
      ("expect_status", .string(""), "write 200"), ("expect_status", .string("200,"), "write 200"),
      ("headers", .map(["Bad Name": .string("x")]), "'Bad Name' can't be the name of a header"),
      ("headers", .map(["X": .string("a\r\nY: b")]), "the value of 'X' has a character"),
      ("repeat", .integer(10_000_001), "more than 10000000 tasks"),
      ("body", .string("x"), "a request with method GET has no body: write method: POST, PUT or PATCH"),
      ("body", .string(""), "a request with method GET has no body"),
      ("body_from", FileContent(path: "b", content: [1]).value, "a request with method GET has no body"),
    ])
  func objections(name: String, value: Value, words: String) {
    do {
      _ = try Self.workload(["urls": .list([.string("http://127.0.0.1/")])].merging([name: value]) { $1 })
      Issue.record("nothing was said against \(value)")
    } catch {
      let found = error as? ParameterError
      #expect(found?.name == name)
      #expect(found?.problem.contains(words) == true, "\(error)")
    }
  }

  @Test(arguments: ["HEAD", "DELETE", "OPTIONS"]) func otherMethodsHaveNoBody(method: String) {
    let values: [String: Value] = ["urls": urls("/"), "method": .string(method), "body": .string("x")]
    #expect(throws: ParameterError.self) { try Self.workload(values) }
  }

  @Test func onlyOneBodyCanBeSent() {
    let content = FileContent(path: "b", content: [1]).value
    let values: [String: Value] = [
      "urls": urls("/"), "method": .string("POST"), "body": .string("x"), "body_from": content,
    ]
    #expect {
      try Self.workload(values)
    } throws: {
      ($0 as? ParameterError)?.name == "body_from"
    }
  }

  @Test(arguments: ["Content-Length", "transfer-encoding"]) func theLengthFollowsFromTheBody(name: String) throws {
    let values: [String: Value] = [
      "urls": urls("/"), "method": .string("POST"), "headers": .map([name: .string("1")]),
    ]
    _ = try Self.workload(values)
    #expect {
      try Self.workload(values.merging(["body": .string("x")]) { $1 })
    } throws: {
      ($0 as? ParameterError)?.name == "headers"
    }
  }

  @Test(arguments: ["POST", "PUT", "PATCH"]) func aBodyComesToTheServer(method: String) throws {
    let values: [String: Value] = ["urls": urls("/"), "method": .string(method), "body": .string("käse")]
    #expect(try Self.perform(values).bytes == 1024)
    #expect(origin.counts().received == 5)
  }

  /// A file is sent byte for byte, and as it was when the run began, or not at all.
  @Test func aFileIsABody() throws {
    let folder = try TemporaryFolder()
    let path = "\(folder.path)/body"
    let bytes: [UInt8] = [0, 255, 10, 13] + Array("${origin}".utf8)
    try Files.write(bytes, to: path)
    let values: [String: Value] = [
      "urls": urls("/"), "method": .string("POST"), "body_from": FileContent(path: path, content: bytes).value,
    ]
    #expect(try Self.perform(values).bytes == 1024)
    #expect(origin.counts().received == bytes.count)
    for changed in [[0, 255, 10], bytes + [1], bytes.reversed()] as [[UInt8]] {
      try Files.write(changed, to: path)
      #expect {
        try Self.workload(values).prepare()
      } throws: {
        "\($0)" == "body_from: \(path) was changed after the run began; run the experiment anew"
      }
    }
    #expect {
      try Self.workload(
        ["body_from": FileContent(path: "\(path)-", content: []).value].merging(values) { own, _ in own }
      )
      .prepare()
    } throws: {
      "\($0)" == "body_from: \(path)-: No such file or directory"
    }
  }

  @Test(arguments: HTTPFailure.Kind.allCases) func everyFailureOfARequestHasAClass(kind: HTTPFailure.Kind) {
    #expect(TaskFailure(rawValue: kind.rawValue) != nil)
  }

  @Test(
    arguments: [
      ("200", 200...200, []), ("2xx", 200...299, []), ("3XX, 404", 300...399, [404]), ("5xx", 500...599, []),
    ] as [(String, ClosedRange<Int>, Set<Int>)])
  func statusSets(text: String, range: ClosedRange<Int>, others: Set<Int>) throws {
    let set = try #require(StatusSet(text))
    #expect((0...999).filter(set.contains) == (0...999).filter { range.contains($0) || others.contains($0) })
  }
}
