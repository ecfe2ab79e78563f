import Testing
import Time

struct InstantTests {
  private func moment(_ count: Int) -> Instant { Instant(sinceStart: Nanoseconds(count)) }

  @Test func momentsAndSpans() {
    #expect(moment(10) - moment(3) == Nanoseconds(7))
    #expect(moment(3) - moment(10) == Nanoseconds(-7))
    #expect(moment(3) + Nanoseconds(7) == moment(10))
    #expect(moment(10) - Nanoseconds(7) == moment(3))
  }

  @Test func momentsAreOrdered() {
    #expect(moment(3) < moment(4))
    #expect([moment(3), .distantFuture, .distantPast].sorted() == [.distantPast, moment(3), .distantFuture])
  }

  @Test func aDeadlineThatIsTooFarAwayNeverComes() {
    #expect(moment(3) + .seconds(1e300) == .distantFuture)
    #expect(Instant.distantFuture + Nanoseconds(1) == .distantFuture)
  }
}
