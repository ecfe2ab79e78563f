package import Model

/// An order to an origin process: a line of JSON.
package struct OriginOrder: Codable, Sendable {
  package enum Kind: Codable, Sendable {
    /// Count from zero, and answer by these settings.
    case begin([String: Value])
    /// Tell the counts.
    case end
  }

  /// From 1.
  package var number: Int
  package var kind: Kind
}

/// A line of an origin process: at its start its URL, then one reply to each order.
package struct OriginReply: Codable, Sendable {
  /// That of the order; 0 at the start.
  package var number = 0
  package var url: String?
  package var problem: String?
  package var report: OriginReport?

  package init(number: Int = 0, url: String? = nil, problem: String? = nil, report: OriginReport? = nil) {
    self.number = number
    self.url = url
    self.problem = problem
    self.report = report
  }
}
