/// Statuses of HTTP, as `200`, `2xx`, or several of them with commas.
struct StatusSet: Hashable, Sendable {
  private let ranges: [ClosedRange<Int>]

  /// - Returns: `nil` where this isn't of that form.
  init?(_ text: String) {
    var ranges: [ClosedRange<Int>] = []
    for part in text.split(separator: ",", omittingEmptySubsequences: false) {
      let word = String(part.filter { $0 != " " }).lowercased()
      let first = word.hasSuffix("xx") ? Int(word.dropLast(2)).map { $0 * 100 } : Int(word)
      guard word.count == 3, let first, (100...599).contains(first) else { return nil }
      ranges.append(first...(word.hasSuffix("xx") ? first + 99 : first))
    }
    self.ranges = ranges
  }

  func contains(_ status: Int) -> Bool { ranges.contains { $0.contains(status) } }
}
