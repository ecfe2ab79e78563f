import Reports
import Testing

/// Numbers as people read them.
struct HumanizeTests {
  @Test(arguments: [
    (0, "0 s"), (1.5e-9, "1.50 ns"), (2.5e-6, "2.50 µs"), (0.00502, "5.02 ms"), (0.9999, "1000 ms"), (1, "1.00 s"),
    (502, "502 s"), (-0.5, "-500 ms"),
  ])
  func seconds(value: Double, text: String) {
    #expect(Humanize.seconds(value) == text)
  }

  @Test func anIntervalHasTheUnitOfItsValue() {
    #expect(Humanize.interval(0.9, 1.1, inTheUnitOf: 1) == "[0.900, 1.10]")
    #expect(Humanize.interval(0.0009, 0.0011, inTheUnitOf: 0.001) == "[0.900, 1.10]")
  }

  @Test(arguments: [(1.849, "1.85"), (0.0123, "0.012"), (0.1, "0.10"), (123.456, "123.46"), (-0.01, "-0.010")])
  func ratio(value: Double, text: String) {
    #expect(Humanize.ratio(value) == text)
  }

  @Test(arguments: [
    (0.2, "1 s"), (59.1, "1 min 0 s"), (80, "1 min 20 s"), (3600, "1 h 0 min"), (1e300, "277777777777 h 46 min"),
  ])
  func wait(seconds: Double, text: String) {
    #expect(Humanize.wait(seconds) == text)
  }

  @Test(arguments: [(1.5, "1.5 s"), (600, "10 min"), (90, "1 min 30 s"), (7200, "2 h"), (0.001, "0.001 s")])
  func limit(seconds: Double, text: String) {
    #expect(Humanize.limit(seconds) == text)
  }

  @Test(arguments: [(0.05, "5 %"), (0.073, "7.3 %"), (0.1349, "13 %"), (0, "0 %"), (1.5, "150 %"), (0.00101, "0.1 %")])
  func percent(share: Double, text: String) {
    #expect(Humanize.percent(share) == text)
  }

  @Test(arguments: [(99.9, "99.9"), (1234.4, "1,234"), (123_456, "123 k"), (1.234e6, "1.23 M"), (5e9, "5.00 G")])
  func count(value: Double, text: String) {
    #expect(Humanize.count(value) == text)
  }

  @Test func wordsFollowTheirNumber() {
    #expect(Humanize.plural(1, "cell") == "1 cell")
    #expect(Humanize.plural(0, "cell") == "0 cells")
    #expect(Humanize.plural(1_234_567, "trial") == "1,234,567 trials")
    #expect(Humanize.plural(1...1, "block") == "1 block")
    #expect(Humanize.plural(10...50, "block") == "10 to 50 blocks")
    #expect(Humanize.grouped(-1234) == "-1,234")
  }

  @Test(arguments: [(1.005, 2, "1.00"), (0.5, 0, "1"), (-0.001, 2, "0.00"), (1e20, 3, "1e+20"), (2.5, 400, "2.5")])
  func fixed(value: Double, decimals: Int, text: String) {
    #expect(Humanize.fixed(value, decimals) == text)
  }
}
