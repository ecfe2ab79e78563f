import Quantities
import Testing

struct QuantityTests {
  @Test(arguments: [("5", 5), ("1_000", 1000), ("1e3", 1000), ("-3", -3), ("+3", 3), ("0", 0), ("2.0", 2)])
  func integers(text: String, value: Int) throws {
    #expect(try Quantity.integer(text) == value)
  }

  @Test(arguments: [
    ("0x1F", "write 31"), ("0b101", "write 5"), ("0o17", "write 15"), ("012", "write 12"), ("-012", "write -12"),
    ("00", "write 0"),
  ])
  func integersThatOthersReadDifferently(text: String, hint: String) {
    #expect(throws: (any Error).self) { try Quantity.integer(text) }
    do throws(ReadingError) {
      _ = try Quantity.integer(text)
    } catch {
      #expect(error.hint == hint)
    }
  }

  @Test(arguments: ["1.5", "five", "", "1e400", "nan", "inf", "_1", "1_", "1__0", "99999999999999999999", "1 000"])
  func notIntegers(text: String) {
    #expect(throws: ReadingError.self) { try Quantity.integer(text) }
  }

  @Test(arguments: [
    ("5ms", 0.005), ("1s", 1), ("250us", 0.00025), ("250µs", 0.00025), ("7ns", 7e-9), ("2min", 120), ("1.5h", 5400),
    ("0", 0), ("1_000ms", 1), ("5 ms", 0.005),
  ])
  func durations(text: String, seconds: Double) throws {
    #expect(try Quantity.duration(text) == seconds)
  }

  @Test(arguments: ["5", "5 m", "ms", "5mss", "five ms", ""])
  func notDurations(text: String) {
    #expect(throws: ReadingError.self) { try Quantity.duration(text) }
  }

  @Test(arguments: [
    ("64KiB", 65536), ("1kB", 1000), ("1MiB", 1_048_576), ("3GB", 3_000_000_000), ("10B", 10), ("10", 10),
    ("0.5KiB", 512), ("1GiB", 1_073_741_824),
  ])
  func sizes(text: String, bytes: Int) throws {
    #expect(try Quantity.size(text) == bytes)
  }

  @Test(arguments: ["1.5B", "64Kib", "x", "1e30GB", "KiB"])
  func notSizes(text: String) {
    #expect(throws: ReadingError.self) { try Quantity.size(text) }
  }

  @Test(arguments: [("5%", 0.05), ("0.05", 0.05), ("100%", 1), ("0", 0)])
  func shares(text: String, share: Double) throws {
    #expect(try Quantity.share(text) == share)
  }

  @Test(arguments: ["5", "101%", "-1%", "x%"])
  func notShares(text: String) {
    #expect(throws: ReadingError.self) { try Quantity.share(text) }
  }

  @Test(arguments: [("500/s", 500), ("30/min", 0.5), ("7200/h", 2), ("1_000/s", 1000)])
  func rates(text: String, perSecond: Double) throws {
    #expect(try Quantity.rate(text) == perSecond)
  }

  @Test(arguments: ["5", "5/ms", "/s", "5/s/s", "5 /s", "x/s"])
  func notRates(text: String) {
    #expect(throws: ReadingError.self) { try Quantity.rate(text) }
  }

  @Test func bytesNeedNotBeWhole() throws {
    #expect(try Quantity.bytes("1.5B") == 1.5)
  }

  @Test(arguments: [("yes", true), ("no", false), ("True", true), ("off", false)])
  func booleans(text: String, value: Bool) throws {
    #expect(try Quantity.boolean(text) == value)
  }
}
