import Glibc
import Hermetic
import Model
import OS
import Testing

@testable import OriginControl

/// The servers' processes, from the built binary.
struct OriginHostTests {
  private func host(_ plan: Plan) throws -> OriginHost { try OriginHost(for: plan, executable: builtExecutable) }

  @Test func aPlanWithoutTheServerStartsNone() throws {
    let host = try host(downloadPlan(["http://example.com/"], origin: nil))
    #expect(host.processes.isEmpty)
    #expect(host.onlyURL == nil)
    #expect(throws: OriginHostError.self) { try host.begin([:]) }
  }

  @Test func aServerAnswersAndEnds() throws {
    let host = try host(downloadPlan(["${origin}/a"], cells: 2))
    let pid = try #require(host.processes.first)
    #expect(host.processes.count == 1, "cells that want the same share it")
    #expect(try HTTPURL(checking: #require(host.onlyURL)).isLocal)
    try host.begin(["latency": .number(0.001)])
    let report = try host.end([:])
    #expect(report.requests == 0)
    #expect(report.elapsedSeconds > 0)
    host.stop()
    #expect(Files.kind(of: "/proc/\(pid)") == nil)
    #expect(throws: OriginHostError.self) { try host.end([:]) }
  }

  /// The URL stays the same, since trials have it in their parameters.
  @Test func aServerThatDiedIsStartedAnew() throws {
    // As in concrun itself: a message to a server that is gone is an error, and no signal.
    signal(SIGPIPE, SIG_IGN)
    let host = try host(downloadPlan(["${origin}/a"], cells: 2))
    defer { host.stop() }
    let url = host.onlyURL
    let pid = try #require(host.processes.first)
    try host.begin([:])
    kill(pid, SIGKILL)
    #expect(throws: OriginHostError.self) { try host.end([:]) }
    try host.begin(["latency": .number(0.001)])
    #expect(host.onlyURL == url)
    #expect(host.processes.count == 1 && host.processes.first != pid)
    #expect(try host.end([:]).requests == 0)
  }

  @Test func eachNumberOfThreadsHasAServer() throws {
    var plan = downloadPlan(["${origin}/a"], cells: 2)
    plan.cells[1].origin = ["threads": .integer(2)]
    let host = try host(plan)
    defer { host.stop() }
    #expect(host.processes.count == 2)
    #expect(host.onlyURL == nil)
    #expect(host.url(threads: 1) != host.url(threads: 2))
    #expect(host.url(threads: 3) == "")
  }

  @Test func aProgramThatIsNoServerIsAnError() {
    #expect(throws: OriginHostError.self) {
      try OriginHost(for: downloadPlan(["${origin}/a"]), executable: "/bin/true")
    }
  }
}
