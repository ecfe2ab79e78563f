import OS
import Testing
import Time
import TimeLiterals

struct MachineTests {
  @Test func coresArePlausible() {
    #expect(Machine.effectiveCores() > 0)
    #expect(Machine.cpuCount() >= 1)
    #expect(Double(Machine.cpuCount()) >= Machine.effectiveCores())
    #expect(Machine.memoryBytes() > 1 << 20)
    #expect(!Machine.hostName().contains("\n"))
  }

  @Test func timesOfDay() {
    let clock = WallClock(secondsSince1970: 1_795_335_300, milliseconds: 7)
    #expect(clock.iso8601 == "2026-11-22T08:15:00.007Z")
    #expect(clock.compact == "20261122T081500Z")
  }

  @Test func ownPeakMemoryIsItsOwn() throws {
    let peak = try #require(peakResidentBytes())
    #expect(peak > 1 << 20)
  }

  @Test func aSleepLastsAtLeastAsLongAsAsked() {
    let deadline = MonotonicClock.now() + 2_000_000
    MonotonicClock.sleep(until: deadline)
    #expect(MonotonicClock.now() >= deadline)
  }
}
