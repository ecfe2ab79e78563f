import NIOCore
import Testing

@testable import Origin

struct LeadTimeTests {
  private func estimate(after lags: [Int64], _ aim: LeadTime.Aim = .smallest) -> Int64 {
    lags.reduce(0) { LeadTime.next(after: $0, seeing: $1, aim) }
  }

  @Test func staysNearTheSmallestOfTheLast() {
    let lags = (0..<1000).map { _ in Int64.random(in: 80_000...140_000) }
    #expect((70_000...110_000).contains(estimate(after: lags)))
    #expect((80_000...140_000).contains(estimate(after: lags, .average)))
    #expect(estimate(after: lags, .average) > estimate(after: lags))
  }

  @Test func aBusyLoopWakesAtOnce() {
    #expect(estimate(after: Array(repeating: 120_000, count: 100) + Array(repeating: 2000, count: 8)) < 3000)
    #expect(estimate(after: Array(repeating: 120_000, count: 100) + Array(repeating: 2000, count: 40), .average) < 3000)
  }

  @Test(arguments: [Int64.min, -1, 0, 1_000_000, .max]) func staysInItsLimits(lag: Int64) {
    #expect((0...LeadTime.most).contains(estimate(after: Array(repeating: lag, count: 1000))))
  }

  @Test func learns() {
    let lag = LeadTime(.smallest)
    for _ in 0..<100 { lag.note(.microseconds(100)) }
    #expect((90...100).contains(lag.current.nanoseconds / 1000))
  }

  /// However early the loop was told to wake.
  @Test(arguments: ["latency=2ms", "latency=50us", "latency=1ns"]) func neverTooEarly(query: String) throws {
    let latency = try OriginSettings().merging(query: query[...]).latency
    try withOrigin { server in
      let client = try RawClient(port: server.port)
      for _ in 0..<200 {
        let start = now()
        _ = try client.get("/?\(query)")
        #expect(now() - start >= latency)
      }
    }
  }
}
