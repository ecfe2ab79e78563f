/// What the embedded server answers to one URL, known before it is asked.
package struct OriginAnswer: Hashable, Sendable {
  /// Of what is answered instead, to a share of requests, where a file asks for that.
  package static let errorStatus = 500

  /// Of the body.
  package var bytes: Int
  /// Of the body.
  package var crc32: UInt32
  /// With another one comes another body: that of an injected error.
  package var status: Int

  package init(bytes: Int, crc32: UInt32, status: Int = 200) {
    self.bytes = bytes
    self.crc32 = crc32
    self.status = status
  }

  /// Returns an answer as messages between processes have it: three integers, or null for another server's URL.
  package static func value(_ answer: OriginAnswer?) -> Value {
    answer.map { .list([.integer($0.bytes), .integer(Int($0.crc32)), .integer($0.status)]) } ?? .null
  }

  package init?(_ value: Value) {
    guard let parts = value.list?.map(\.integer), parts.count == 3, let bytes = parts[0], let crc32 = parts[1],
      let status = parts[2]
    else { return nil }
    self.init(bytes: bytes, crc32: UInt32(truncatingIfNeeded: crc32), status: status)
  }
}
