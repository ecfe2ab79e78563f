import Testing

@testable import Statistics

@Suite struct MedianIntervalTests {
  /// METHOD, "Per cell".
  @Test(arguments: [(6, 1, 6), (10, 2, 9), (20, 6, 15), (30, 10, 21)])
  func ranksOfTheMethod(n: Int, lower: Int, upper: Int) throws {
    let ranks = try #require(MedianInterval.ranks(n))
    #expect(ranks == (lower, upper))
  }

  @Test(arguments: Reference.shared.ranks)
  func ranksOfTheBinomialDistribution(expected: Reference.Ranks) {
    let ranks = MedianInterval.ranks(expected.n, confidence: expected.confidence)
    #expect(ranks?.lower == expected.lower)
    #expect(ranks?.upper == expected.upper)
  }

  @Test func noRanksOfNothing() {
    #expect(MedianInterval.ranks(0) == nil)
  }

  @Test(arguments: 0...5) func noIntervalUnderSixValues(count: Int) {
    #expect(MedianInterval.interval(ofSorted: (0..<count).map(Double.init)) == nil)
  }

  /// Also where a lower confidence would do with fewer.
  @Test func noIntervalUnderSixValuesAtAnyConfidence() {
    #expect(MedianInterval.interval(ofSorted: [1, 2, 3, 4, 5], confidence: 0.5) == nil)
  }

  @Test(arguments: [6, 10, 20, 30]) func theIntervalIsOfTheRanks(count: Int) throws {
    let values = (1...count).map { Double($0) * 10 }
    let interval = try #require(MedianInterval.interval(ofSorted: values))
    let ranks = try #require(MedianInterval.ranks(count))
    #expect(interval == (Double(ranks.lower) * 10, Double(ranks.upper) * 10))
  }

  @Test func timeoutsAreTheLargest() throws {
    let interval = try #require(MedianInterval.interval(ofSorted: [1, 2, 3, 4, 5, .infinity]))
    #expect(interval == (1, .infinity))
  }
}
