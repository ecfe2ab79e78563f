import Testing

@testable import Origin

struct QueryTests {
  @Test(arguments: [
    ("size=64KiB", settings { $0.size = 65_536 }),
    ("size=1.5kB", settings { $0.size = 1500 }),
    ("size=1_000", settings { $0.size = 1000 }),
    ("size=1e6", settings { $0.size = 1_000_000 }),
    ("size=1GiB", settings { $0.size = 1 << 30 }),
    ("latency=5ms", settings { $0.latency = 0.005 }),
    ("latency=0", settings { $0.latency = 0 }),
    ("latency=2min", settings { $0.latency = 120 }),
    ("latency=3%C2%B5s", settings { $0.latency = 0.000_003 }),
    ("jitter=1.5s&stall=250us", settings { ($0.jitter, $0.stall) = (1.5, 0.000_25) }),
    ("bandwidth=1MiB", settings { $0.bandwidth = 1_048_576 }),
    ("bandwidth=2MB/s", settings { $0.bandwidth = 2_000_000 }),
    ("bandwidth=1kB&bandwidth=unlimited", settings { $0.bandwidth = nil }),
    ("error_rate=5%", settings { $0.errorRate = 0.05 }),
    ("error_rate=5%25&close=true", settings { ($0.errorRate, $0.close) = (0.05, true) }),
    ("error_rate=0.05", settings { $0.errorRate = 0.05 }),
    ("status=404&stall_every=500", settings { ($0.status, $0.stallEvery) = (404, 500) }),
    ("size=1&size=2", settings { $0.size = 2 }),
    ("", .init()), ("&&", .init()), ("q=size&Size=x&x=size=3&=&threads=0&seed=x", .init()),
  ])
  func parametersReplaceSettings(query: String, expected: OriginSettings) throws {
    #expect(try OriginSettings().merging(query: query[...]) == expected)
  }

  @Test func otherSettingsStay() throws {
    let base = settings { ($0.latency, $0.status, $0.seed, $0.threads) = (1, 404, 7, 3) }
    let merged = try base.merging(query: "size=3")
    #expect(merged == settings { ($0.size, $0.latency, $0.status, $0.seed, $0.threads) = (3, 1, 404, 7, 3) })
  }

  @Test(arguments: [
    "size=", "size", "size=-1", "size=+1", "size=64kb", "size=64Kib", "size=1.5B", "size=1025MiB", "size=nan",
    "size=0x10",
    "size=1 kB", "size=_1", "size=1_", "size=1__0", "size=1.", "size=.5kB", "size=1e", "size=e3", "size=1e99",
    "size=1.2.3",
    "size=99999999999999999999", "size=1%zz", "size=%", "size=١", "latency=5", "latency=-1ms", "latency=61min",
    "latency=5m", "latency=ms", "latency=inf", "jitter=x", "stall=2h", "bandwidth=0", "bandwidth=1MiB/m",
    "bandwidth=2000GB",
    "error_rate=101%", "error_rate=1.01", "error_rate=5%%", "error_rate=", "status=199", "status=600", "status=20e",
    "status=200.5",
    "close=1", "close=", "close", "stall_every=1.5", "stall_every=-1", "stall_every=5%",
  ])
  func badValuesAreNamed(query: String) throws {
    let name = query.prefix { $0 != "=" }
    let problem = try #require(throws: QueryProblem.self) { try OriginSettings().merging(query: "x=1&\(query)&y=2") }
    #expect(problem.parameter == String(name))
    #expect("\(problem)".hasPrefix("\(name)="))
    #expect("\(problem)".contains(": write "))
  }

  @Test(arguments: [
    ("size", settings { $0.size = -1 }), ("size", settings { $0.size = 1 << 30 + 1 }),
    ("latency", settings { $0.latency = .nan }), ("jitter", settings { $0.jitter = -1 }),
    ("bandwidth", settings { $0.bandwidth = 0 }), ("error_rate", settings { $0.errorRate = 1.1 }),
    ("status", settings { $0.status = 101 }), ("stall_every", settings { $0.stallEvery = -1 }),
    ("stall", settings { $0.stall = .infinity }), ("threads", settings { $0.threads = 0 }),
  ])
  func serversStartOnlyWithinTheLimits(name: String, settings: OriginSettings) throws {
    let error = try #require(throws: OriginError.self) { try OriginServer.start(settings) }
    guard case .invalidSetting(name, _) = error else {
      Issue.record("\(error)")
      return
    }
  }
}
