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
