package import Time

/// In tests a bare number is a span in nanoseconds, and a moment counts them from the clock's start.
extension Nanoseconds: ExpressibleByIntegerLiteral {
  package init(integerLiteral count: Int) {
    self.init(count)
  }
}

extension Instant: ExpressibleByIntegerLiteral {
  package init(integerLiteral count: Int) {
    self.init(sinceStart: Nanoseconds(count))
  }
}
