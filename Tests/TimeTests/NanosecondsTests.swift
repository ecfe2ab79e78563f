import Testing
import Time

struct NanosecondsTests {
  @Test(
    arguments: [
      (0.005, 5_000_000), (1e-9, 1), (0.9999e-9, 0), (-0.9999e-9, 0), (1.5, 1_500_000_000), (-1.5, -1_500_000_000),
      (0.3, 300_000_000), (1.999_999_999_9, 1_999_999_999),
    ])
  func secondsAreCutOff(seconds: Double, count: Int) {
    #expect(Nanoseconds.seconds(seconds).count == count)
    #expect(Nanoseconds.seconds(seconds).count == Int(seconds * 1e9), "as it always was")
  }

  @Test(arguments: [(0.4, 0), (0.5, 1), (1.5, 2), (2.5, 3), (-0.5, -1), (1e15 + 0.5, 1_000_000_000_000_001)])
  func roundingGoesToTheNearest(count: Double, rounded: Int) {
    #expect(Nanoseconds(rounding: count).count == rounded)
  }

  @Test func whatIsNoNumberOrDoesNotFitNeverTraps() {
    #expect(Nanoseconds.seconds(.nan) == .zero)
    #expect(Nanoseconds(rounding: .nan) == .zero)
    for huge in [Double.infinity, 1e300, 9.3e9, Double.greatestFiniteMagnitude] {
      #expect(Nanoseconds.seconds(huge) == .max)
      #expect(Nanoseconds.seconds(-huge).count == .min)
    }
    // 2⁶³ itself is the first that doesn't fit.
    #expect(Nanoseconds(truncating: 0x1p63) == .max)
    #expect(Nanoseconds(truncating: -0x1p63).count == .min)
    #expect(Nanoseconds(truncating: 0x1p63.nextDown).count == 9_223_372_036_854_774_784)
  }

  @Test(
    arguments: [
      0, 1, -1, 999_999_999, 1_000_000_000, 86_399_999_999_999, (1 << 53) - 1, (1 << 53) + 1, 9_007_199_254_740_993_121,
      .max, .min,
    ])
  func secondsAreTheNearestDouble(count: Int) {
    #expect(Nanoseconds(count).seconds == Double(count) / 1e9)
    if abs(Double(count)) < 1e15 {
      #expect(Nanoseconds(rounding: Nanoseconds(count).seconds * 1e9).count == count, "there and back")
    }
  }

  @Test func makers() {
    #expect(Nanoseconds.seconds(3).count == 3_000_000_000)
    #expect(Nanoseconds.milliseconds(3).count == 3_000_000)
    #expect(Nanoseconds.microseconds(3).count == 3000)
    #expect(Nanoseconds.seconds(Int.max) == .max)
    #expect(Nanoseconds.seconds(Int.min).count == .min)
  }

  @Test(arguments: [(0, 0), (1, 1), (999_999, 1), (1_000_000, 1), (1_000_001, 2), (-1, 0), (.max, 9_223_372_036_855)])
  func aPartOfAMillisecondCountsAsAWhole(count: Int, milliseconds: Int) {
    #expect(Nanoseconds(count).millisecondsRoundedUp == milliseconds)
  }

  @Test(arguments: [0, 1, 1_999_999_999, 123_456_789_012_345_678])
  func partsAndBack(count: Int) {
    let (seconds, nanoseconds) = Nanoseconds(count).parts
    #expect((0..<1_000_000_000).contains(nanoseconds))
    #expect(Nanoseconds(seconds: seconds, nanoseconds: nanoseconds).count == count)
  }

  @Test func sumsSaturate() {
    let smallest = Nanoseconds(.min)
    #expect(Nanoseconds(5) + Nanoseconds(7) - Nanoseconds(2) == Nanoseconds(10))
    #expect(Nanoseconds.max + Nanoseconds(1) == .max)
    #expect(smallest + Nanoseconds(-1) == smallest)
    #expect(smallest - Nanoseconds(1) == smallest)
    #expect(Nanoseconds(0) - smallest == .max)
    #expect(Nanoseconds(7) * 3 == Nanoseconds(21))
    #expect(Nanoseconds.max * -2 == smallest)
    #expect(smallest * -1 == .max)
    #expect(Nanoseconds(7) / 2 == Nanoseconds(3))
    var sum = Nanoseconds.zero
    sum += Nanoseconds(4)
    sum -= Nanoseconds(6)
    #expect(sum == Nanoseconds(-2))
  }

  @Test func spansAreOrdered() {
    let spans = [3, -1, 2, 0].map { Nanoseconds($0) }
    #expect(spans.sorted().map(\.count) == [-1, 0, 2, 3])
    #expect(spans.max() == Nanoseconds(3))
  }

  @Test func textHasItsUnit() {
    #expect("\(Nanoseconds(12))" == "12 ns")
  }

  @Test func aSpanIsAsLargeAsAnInteger() {
    #expect(MemoryLayout<Nanoseconds>.size == 8)
    #expect(MemoryLayout<Instant>.size == 8)
  }
}
