import Foundation
import Model
import Testing
import Time
import TimeLiterals

struct ArrivalsTests {
  @Test func constantGapsDoNotDrift() {
    let schedule = Arrivals(rate: 3, process: .constant, seed: 1).schedule(3001)
    #expect(schedule[0] == 0)
    #expect(schedule[1] == 333_333_333)
    #expect(schedule[3000] == 1_000_000_000_000)
  }

  /// Exponential gaps: their mean is 1/rate, and so is their standard deviation.
  @Test(arguments: [1, 2, 3]) func poissonGapsAreExponential(seed: UInt64) {
    let schedule = Arrivals(rate: 1000, process: .poisson, seed: seed).schedule(100_001)
    #expect(schedule[0] == 0)
    let gaps = zip(schedule, schedule.dropFirst()).map { Double(($1 - $0).count) }
    #expect(gaps.allSatisfy { $0 >= 0 })
    let mean = gaps.reduce(0, +) / Double(gaps.count)
    let sd = (gaps.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(gaps.count)).squareRoot()
    #expect(abs(mean / 1e6 - 1) < 0.02)
    #expect(abs(sd / mean - 1) < 0.02)
    // P(gap > 2 / rate) = e⁻²
    #expect(abs(Double(gaps.count { $0 > 2e6 }) / Double(gaps.count) - 0.1353) < 0.005)
  }

  @Test func aSeedAlwaysGivesTheSameSchedule() {
    let schedule = { (seed: UInt64) in Arrivals(rate: 10, process: .poisson, seed: seed).schedule(50) }
    #expect(schedule(1) == schedule(1))
    #expect(schedule(1) != schedule(2))
  }
}

/// Schedules whose rate changes.
struct RampTests {
  private static let ramps: [(from: Double, to: Double, over: Double)] = [
    (10, 100, 2), (100, 10, 2), (0, 50, 1), (1e-3, 1e6, 0.01), (7, 7, 3), (50, 0.001, 4), (100, 100.000_001, 1),
  ]

  private func arrivals(
    _ ramp: (from: Double, to: Double, over: Double), _ process: Arrivals.Process = .constant, seed: UInt64 = 1
  ) -> Arrivals {
    Arrivals(rate: ramp.to, process: process, seed: seed, ramp: Arrivals.Ramp(from: ramp.from, over: ramp.over))
  }

  /// The number of arrivals that are expected until a moment: the area below the rate.
  private func expected(_ ramp: (from: Double, to: Double, over: Double), until seconds: Double) -> Double {
    let (time, rest) = (min(seconds, ramp.over), max(0, seconds - ramp.over))
    return ramp.from * time + (ramp.to - ramp.from) / (2 * ramp.over) * time * time + ramp.to * rest
  }

  @Test(arguments: ramps) func eachTaskIsDueWhenSoManyAreExpected(ramp: (from: Double, to: Double, over: Double)) {
    let whole = (ramp.from + ramp.to) / 2 * ramp.over
    let schedule = arrivals(ramp).schedule(Int(whole) + 20)
    #expect(schedule[0] == 0)
    for (index, moment) in schedule.enumerated() {
      let seconds = Double(moment.count) / 1e9
      guard seconds < 8e9 else { continue }
      // A nanosecond is this many arrivals.
      let grain = 2e-9 * max(ramp.from, ramp.to) + 1e-9 * Double(index)
      #expect(abs(expected(ramp, until: seconds) - Double(index)) <= max(1e-6, grain), "\(index) at \(seconds)")
    }
    #expect(zip(schedule, schedule.dropFirst()).allSatisfy { $0 <= $1 })
  }

  @Test func afterwardsTheRateStays() {
    let schedule = arrivals((10, 100, 2)).schedule(200)
    #expect(schedule[110] == 2_000_000_000)
    #expect(schedule[111] == 2_010_000_000)
    #expect(schedule[199] == 2_890_000_000)
  }

  /// A flat ramp is no ramp.
  @Test(arguments: [Arrivals.Process.constant, .poisson]) func aFlatRamp(process: Arrivals.Process) {
    let flat = arrivals((50, 50, 1), process).schedule(200)
    let plain = Arrivals(rate: 50, process: process, seed: 1).schedule(200)
    #expect(zip(flat, plain).allSatisfy { abs(($0 - $1).count) <= 1 })
  }

  /// Seen by what was expected, gaps are exponential with mean 1, wherever the rate was.
  @Test(arguments: [(10.0, 20_000.0, 2.0), (20_000, 10, 2), (0, 10_000, 4)], [UInt64(1), 2])
  func poissonGapsFollowTheRate(ramp: (from: Double, to: Double, over: Double), seed: UInt64) {
    let schedule = arrivals(ramp, .poisson, seed: seed).schedule(20_001)
    #expect(schedule[0] == 0)
    let positions = schedule.map { expected(ramp, until: Double($0.count) / 1e9) }
    let gaps = zip(positions, positions.dropFirst()).map { $1 - $0 }
    let mean = gaps.reduce(0, +) / Double(gaps.count)
    let sd = (gaps.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(gaps.count)).squareRoot()
    #expect(abs(mean - 1) < 0.03)
    #expect(abs(sd / mean - 1) < 0.03)
    #expect(arrivals(ramp, .poisson, seed: seed + 10).schedule(20_001) != schedule)
  }

  @Test func meanRates() {
    #expect(arrivals((10, 100, 2)).meanRate(of: 111) == 111 / 2.0)
    #expect(arrivals((10, 100, 2)).meanRate(of: 1) == 100)
    #expect(Arrivals(rate: 7, process: .constant, seed: 1).meanRate(of: 50) == 7)
  }

  /// Manifests of earlier versions have no ramp.
  @Test func manifestsAreReadBack() throws {
    let ramp = arrivals((10, 100, 2))
    #expect(try JSONDecoder().decode(Arrivals.self, from: JSONEncoder().encode(ramp)) == ramp)
    let old = Data(#"{"rate":5,"process":"poisson","seed":3}"#.utf8)
    #expect(try JSONDecoder().decode(Arrivals.self, from: old) == Arrivals(rate: 5, process: .poisson, seed: 3))
    let plain = String(decoding: try JSONEncoder().encode(Arrivals(rate: 5, process: .poisson, seed: 3)), as: UTF8.self)
    #expect(!plain.contains("ramp"))
  }
}

struct HTTPURLTests {
  @Test(
    arguments: [
      ("http://Example.com/a", "example.com", false), ("https://u:p@example.com:8443?x", "example.com", false),
      ("HTTP://127.0.0.1:80", "127.0.0.1", true), ("http://[::1]:8080/", "::1", true),
      ("http://localhost#f", "localhost", true), ("http://a.localhost/", "a.localhost", true),
      ("http://127.example.com/", "127.example.com", false),
      ("http://127.0.example.com/", "127.0.example.com", false), ("http://10.0.0.1/", "10.0.0.1", false),
      ("http://localhost@example.com/", "example.com", false),
    ])
  func hosts(text: String, host: String, isLocal: Bool) throws {
    let url = try #require(HTTPURL(text))
    #expect(url.host == host)
    #expect(url.isLocal == isLocal)
  }

  @Test(
    arguments: [
      "", "example.com", "/path", "ftp://example.com/", "http://", "http:///path", "http://:80/", "http://a b/",
      "http://a/ü", "http://a/${x}", "http://a:port/", "http://a:99999/", "http://[::1/", "http://a/\n",
    ])
  func notURLs(text: String) {
    #expect(HTTPURL(text) == nil)
  }
}
