/// What the embedded server answers to one URL, known before it is asked.
package struct OriginAnswer: Hashable, Sendable {
  /// What concrun adds to the parameters of a workload that sends requests to it: an answer for each URL.
  package static let parameter = "origin_answers"

  /// Of the body.
  package var bytes: Int
  /// Of the body.
  package var crc32: UInt32

  package init(bytes: Int, crc32: UInt32) {
    self.bytes = bytes
    self.crc32 = crc32
  }

  /// As a plugin gets it: two integers, or nothing for another server's URL.
  package static func value(_ answer: OriginAnswer?) -> Value {
    answer.map { .list([.integer($0.bytes), .integer(Int($0.crc32))]) } ?? .null
  }

  package init?(_ value: Value) {
    guard let parts = value.list?.map(\.integer), parts.count == 2, let bytes = parts[0], let crc32 = parts[1] else {
      return nil
    }
    self.init(bytes: bytes, crc32: UInt32(truncatingIfNeeded: crc32))
  }
}
