package import Model

/// An order to an origin process: a line of JSON.
package struct OriginOrder: Codable, Sendable {
  /// The content of an order.
  package enum Kind: Codable, Sendable {
    /// Resets the counts; the server then answers by these settings.
    case begin([String: Value])
    /// Asks for the counts.
    case end
  }

  /// The number of the order, from 1. The reply repeats it.
  package var number: Int
  /// The content.
  package var kind: Kind
}

/// A line from an origin process: first its URL, then a reply to each order.
package struct OriginReply: Codable, Sendable {
  /// The number of the order; 0 for the first line.
  package var number = 0
  /// The URL of the server, in the first line only.
  package var url: String?
  /// The reason why the order failed; `nil` if it succeeded.
  package var problem: String?
  /// The counts, in the reply to `end` only.
  package var report: OriginReport?

  /// Takes the fields of a line.
  package init(number: Int = 0, url: String? = nil, problem: String? = nil, report: OriginReport? = nil) {
    self.number = number
    self.url = url
    self.problem = problem
    self.report = report
  }
}
