import Testing
import Time
import TimeLiterals

@testable import Origin

struct FateTests {
  private func fates(_ settings: OriginSettings, _ count: Int = 20_000) -> [RequestFate] {
    (1...count).map { RequestFate(of: $0, under: settings) }
  }

  @Test(arguments: [0, 0.05, 0.5, 1]) func errorsComeAtTheirRate(rate: Double) {
    let errors = fates(settings { $0.errorRate = rate }).count(where: \.isError)
    // Five standard deviations.
    #expect(abs(Double(errors) - 20_000 * rate) <= 5 * (20_000 * rate * (1 - rate)).squareRoot())
  }

  @Test func jitterIsUniform() {
    let delays = fates(settings { ($0.latency, $0.jitter) = (1, 0.5) }).map(\.delay)
    #expect(delays.allSatisfy { (1..<1.5).contains($0) })
    #expect(abs(delays.reduce(0, +) / 20_000 - 1.25) < 0.006)
    for quarter in 0..<4 {
      let start = 1 + Double(quarter) / 8
      #expect(abs(delays.count { (start..<start + 0.125).contains($0) } - 5000) < 310)
    }
  }

  @Test func jitterAndErrorsAreIndependent() {
    let late = fates(settings { ($0.jitter, $0.errorRate) = (1, 0.5) }).filter { $0.delay > 0.5 }
    #expect(abs(Double(late.count(where: \.isError)) / Double(late.count) - 0.5) < 0.03)
  }

  @Test func everyNthStalls() {
    let all = fates(settings { ($0.stallEvery, $0.stall, $0.latency) = (3, 2, 1) }, 9)
    #expect(all.map(\.isStalled) == [false, false, true, false, false, true, false, false, true])
    #expect(all.prefix(3).map(\.delay) == [1, 1, 3])
    #expect(fates(.init(), 9).allSatisfy { !$0.isStalled && $0.delay == 0 && !$0.isError })
  }

  @Test func aSeedDecides() {
    let seeds = [1, 1, 2].map { seed in
      fates(settings { ($0.seed, $0.jitter, $0.errorRate) = (seed, 1, 0.5) }, 100)
    }
    #expect(seeds[0] == seeds[1])
    #expect(seeds[0] != seeds[2])
  }

  @Test(arguments: [1, 99, 1000, 1_000_000, 1_000_000_000_000]) func paceIsExactAtTheEnd(bandwidth: Int) {
    let pace = Pace(bandwidth: bandwidth)
    #expect((1...OriginBody.chunkSize).contains(pace.chunkSize))
    #expect(pace.due(bandwidth) == 1_000_000_000)
    #expect(pace.due(0) == 0)
    #expect(pace.due(OriginSettings.sizes.upperBound) > 0)
  }
}
