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
